/** A start that cannot go on, told in one sentence that says what to do. Printed without a stack trace. */
export class Unstartable extends Error {}
