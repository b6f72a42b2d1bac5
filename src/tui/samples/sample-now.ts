/** The moment at which the samples are drawn, milliseconds since 1970. */
export const sampleNow = Date.parse('2026-01-01T00:00:00Z');
