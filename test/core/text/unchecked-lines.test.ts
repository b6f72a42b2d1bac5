import {expect, test} from 'vitest';
import {uncheckedLines} from '../../../src/core/text/unchecked-lines.ts';

const view = {width: 200, terminal: false, nowMs: 0};

test('kinds that were not read say how many classes of faults that hides, and a reason is told once', () => {
	const why = 'may not be listed';
	const lines = uncheckedLines(
		[
			{what: 'Secret', why, classes: ['certificate-expired', 'key-not-there']},
			{what: 'Lease', why},
			{what: 'Role', why, classes: ['right-missing']},
		],
		view,
	);
	expect(lines).toEqual(['', 'Not checked', '  Secret (2 classes of faults), Lease and Role (1 class of faults): may not be listed']);
});

test('nothing is said where everything was read', () => {
	expect(uncheckedLines([], view)).toEqual([]);
});
