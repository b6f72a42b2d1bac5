import {expect, test} from 'vitest';
import {lineText} from '../../../src/core/text/styled.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import {workloadWordLines} from '../../../src/core/text/word-lines.ts';

const words = {
	pods: [
		{
			name: 'web-1',
			reason: 'main: CrashLoopBackOff',
			logs: [{container: 'main', previous: true, lines: ['panic: no DB_URL', 'Done: everything was applied, nothing is left to do']}],
			events: ['BackOff: Back-off restarting failed container (3 times)'],
		},
	],
	morePods: 2,
	events: ['FailedCreate: exceeded quota'],
};

test('words of others stand behind a bar on every line, however narrow the screen', () => {
	const lines = workloadWordLines(words, 40).map(lineText);
	expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(40);
	expect(lines).toEqual([
		'- web-1: main: CrashLoopBackOff',
		'  last lines of main, the run before',
		'    | panic: no DB_URL',
		'    | Done: everything was applied,',
		'    | nothing is left to do',
		'  last events',
		'    | BackOff: Back-off restarting',
		'    | failed container (3 times)',
		'- 2 more pods do not serve either',
		'last events of the workload',
		'  | FailedCreate: exceeded quota',
	]);
});
