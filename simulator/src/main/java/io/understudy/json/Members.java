package io.understudy.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Jackson cannot see by itself: alternatives of sealed interfaces, and which members of a record must be there. */
final class Members extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        Class<?> type = annotated.getRawType();
        if (!type.isSealed()) {
            return super.findSubtypes(annotated);
        }
        return Arrays.stream(type.getPermittedSubclasses())
                .map(subtype -> new NamedType(subtype, Json.alternative(subtype)))
                .toList();
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
        return Arrays.stream(annotated.getRawType().getInterfaces()).anyMatch(Class::isSealed)
                ? Json.alternative(annotated.getRawType())
                : super.findTypeName(annotated);
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return isRequired(member) ? Boolean.TRUE : super.hasRequiredMarker(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member && component(member) != null)) {
            return super.findSetterInfo(annotated);
        }
        // a map of anything, as the details of a domain event are, may hold null; a list of texts may not
        boolean isTyped = annotated.getType().getContentType() != null
                && !annotated.getType().getContentType().isJavaLangObject();
        return JsonSetter.Value.construct(
                isRequired(member) ? Nulls.FAIL : Nulls.DEFAULT, isTyped ? Nulls.FAIL : Nulls.DEFAULT);
    }

    private static boolean isRequired(AnnotatedMember member) {
        RecordComponent component = component(member);
        return component != null
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && !member.getDeclaringClass().isAnnotationPresent(JsonInclude.class);
    }

    /** The record component that a parameter of the record's constructor is for. */
    private static @Nullable RecordComponent component(AnnotatedMember member) {
        if (!(member instanceof AnnotatedParameter parameter)) {
            return null;
        }
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        return components == null || components.length != parameter.getOwner().getParameterCount()
                ? null
                : components[parameter.getIndex()];
    }
}
