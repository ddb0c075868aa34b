package io.understudy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The walls between the rooms, and what no room may do. CONTRIBUTING.md tells the same in words. */
@AnalyzeClasses(packages = "io.understudy", importOptions = DoNotIncludeTests.class)
class WallsTest {

    private static final String ROOT = "io.understudy";
    private static final String FRONT_DOOR = "";

    /** A room imports rooms of earlier floors only; rooms of one floor know nothing of each other. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("world"),
            Set.of("json"),
            Set.of("journal"),
            Set.of("fault"),
            Set.of("http"),
            Set.of("system"),
            Set.of("reaper", "openset", "clustermgr", "undermoon", "cmon"),
            Set.of(FRONT_DOOR),
            Set.of("control", "scenario"),
            Set.of("junit"),
            Set.of("cli"));

    @ArchTest
    static final ArchRule aRoomImportsOnlyRoomsAboveIt =
            classes().should(importOnlyEarlierFloors()).allowEmptyShould(true);

    /** A sub-package counts as its room towards others; inside the room it is the lower floor. */
    @ArchTest
    static final ArchRule whatIsBuiltUponKnowsNothingOfTheRoomAroundIt =
            classes().should(notImportTheRoomAround()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyHttpKnowsTheWebServer = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "kotlin..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noSignatureMentionsALibraryThatMovesInTheExecutableJar =
            classes().should(showNoForeignTypes()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsStaticAndMutable =
            fields().that().areStatic().should(beConstants()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule timeAndChanceComeFromTheWorld = classes()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".world.WallClock")
            .and()
            .resideOutsideOfPackage(ROOT + ".http..")
            .should(takeNeitherTimeNorChanceFromTheMachine())
            .allowEmptyShould(true);

    private static ArchCondition<JavaClass> importOnlyEarlierFloors() {
        return new ArchCondition<>("import only rooms above it") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                int floor = floorOf(origin);
                if (floor < 0) {
                    events.add(SimpleConditionEvent.violated(
                            origin,
                            origin.getName() + " is in a room that has no floor; give it one in WallsTest.FLOORS"));
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !roomOf(target).equals(roomOf(origin)) && floorOf(target) >= floor) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> notImportTheRoomAround() {
        return new ArchCondition<>("not import the room around its sub-package") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target)
                            && roomOf(target).equals(roomOf(origin))
                            && origin.getPackageName().startsWith(target.getPackageName() + ".")) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> showNoForeignTypes() {
        return new ArchCondition<>("show no foreign types in what others can see") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                if (!isVisible(owner)) {
                    return;
                }
                Stream.concat(owner.getSuperclass().stream(), owner.getInterfaces().stream())
                        .forEach(type -> report(owner, owner.getName(), type, events));
                for (JavaMember member : owner.getMembers()) {
                    if (isVisible(member.getModifiers())) {
                        typesOf(member).forEach(type -> report(member, member.getFullName(), type, events));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaField> beConstants() {
        Set<Class<?>> mutable = Set.of(
                ArrayList.class,
                ArrayDeque.class,
                HashMap.class,
                HashSet.class,
                TreeMap.class,
                EnumMap.class,
                ConcurrentHashMap.class,
                ConcurrentLinkedQueue.class,
                StringBuilder.class,
                ThreadLocal.class,
                Random.class);
        return new ArchCondition<>("be final and hold nothing that changes") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass type = field.getRawType();
                boolean changes = !field.getModifiers().contains(JavaModifier.FINAL)
                        || type.getPackageName().equals("java.util.concurrent.atomic")
                        || mutable.stream().anyMatch(type::isAssignableTo)
                        || (type.isArray() && isVisible(field.getModifiers()));
                if (changes && !field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is static and can change"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> takeNeitherTimeNorChanceFromTheMachine() {
        return new ArchCondition<>("take neither time nor chance from the machine") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (JavaAccess<?> access : origin.getAccessesFromSelf()) {
                    if (isTimeOrChance(access)) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isTimeOrChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean constructed = name.equals("<init>");
        boolean withoutArguments = access.getTarget().getFullName().endsWith("()");
        if (owner.getPackageName().equals("java.time")) {
            return name.equals("now") || name.startsWith("system") || name.startsWith("tick");
        }
        return (owner.isEquivalentTo(System.class) && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
                || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
                || (owner.isEquivalentTo(Thread.class) && name.equals("sleep"))
                || owner.isEquivalentTo(ThreadLocalRandom.class)
                || (owner.isAssignableTo(Random.class) && constructed)
                || (owner.isEquivalentTo(SplittableRandom.class) && constructed && withoutArguments)
                || (owner.isEquivalentTo(Date.class) && constructed && withoutArguments);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    /** {@code openset} for {@code io.understudy.openset.pyql}, {@link #FRONT_DOOR} for {@code io.understudy} itself. */
    private static String roomOf(JavaClass type) {
        String inside = type.getPackageName().substring(ROOT.length());
        return inside.isEmpty() ? FRONT_DOOR : inside.substring(1).split("\\.", 2)[0];
    }

    private static int floorOf(JavaClass type) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(roomOf(type))) {
                return floor;
            }
        }
        return -1;
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(WallsTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getTypeParameters().stream(),
                        code.getExceptionTypes().stream())
                .flatMap(types -> types);
    }

    private static void report(Object subject, String where, JavaType type, ConditionEvents events) {
        for (JavaClass raw : type.getAllInvolvedRawTypes()) {
            String name = raw.getBaseComponentType().getName();
            if (Stream.of(
                            "com.fasterxml.jackson.databind.",
                            "com.fasterxml.jackson.core.",
                            "io.javalin.",
                            "jakarta.servlet.",
                            "kotlin.",
                            "org.eclipse.jetty.")
                    .anyMatch(name::startsWith)) {
                events.add(SimpleConditionEvent.violated(subject, where + " shows " + name));
            }
        }
    }
}
