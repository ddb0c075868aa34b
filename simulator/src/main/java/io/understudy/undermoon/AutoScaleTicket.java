package io.understudy.undermoon;

/**
 * What has to be remembered of a request that waits, to answer it later; kept in the model as text ({@code 17@v3}).
 *
 * @param callId the id of the call
 * @param apiVersion the version of the API it came in by
 */
record AutoScaleTicket(long callId, String apiVersion) {
    static AutoScaleTicket parse(String text) {
        int at = text.indexOf('@');
        return new AutoScaleTicket(Long.parseLong(text.substring(0, at)), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return callId + "@" + apiVersion;
    }
}
