import {describe} from 'vitest';

/** Tests of which each begins where the one before it ended. The chains of a file run at the same time: what one changes no other looks at. */
export const chain = (name: string, tests: () => void) =>
	describe.concurrent(name, () => {
		describe('one after the other', {concurrent: false}, tests);
	});
