/**
 * The address of Node's inspector is told in the worker's own standard error only, and nobody else can connect to it:
 * it is open for a moment after a nudge.
 */
export const PUBLISH = '--inspect-publish-uid=stderr';
