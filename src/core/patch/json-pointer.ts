/** The steps of a JSON pointer that starts with a slash, `/a~1b/0`: `~1` stands for a slash and `~0` for a tilde. RFC 6901. */
export const pointerSteps = (pointer: string): readonly string[] =>
	pointer
		.split('/')
		.slice(1)
		.map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The JSON pointer of steps: the way back of `pointerSteps`. */
export const pointerTo = (steps: readonly string[]): string =>
	steps.map(step => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
