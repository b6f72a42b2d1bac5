import * as z from 'zod';
import {controls} from '../../../src/analysis/pod-security/controls.ts';
import {minorOf} from '../../../src/analysis/pod-security/namespace-policy.ts';
import {podViolations} from '../../../src/analysis/pod-security/standard.ts';
import {isMiss, objectIn, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';

const caseRow = z.object({
	level: z.enum(['baseline', 'restricted']),
	version: z.string(),
	expect: z.enum(['pass', 'fail']),
	control: z.string(),
	pod: z.string(),
});
type Case = z.infer<typeof caseRow>;

/** A control of the baseline may speak through the one that takes its place. */
function speaks(found: string, asked: string): boolean {
	const control = controls.find(({name}) => name === found);
	return [found, control?.instead].some(name => name?.toLowerCase() === asked);
}

type Answer = Case & {readonly isRight: boolean; readonly found: string};

/** Reads `index.json` files of rows `{level, version, expect, control, pod}`: is the pod allowed at that level as it stood in that version? */
export function pssSet(folder: string): Grade {
	const answers = rowsNamed(folder, 'index.json').map(({from, at, row}): Answer | Miss =>
		tryCase(at, () => {
			const known = caseRow.parse(row);
			const minor = minorOf(known.version);
			if (minor === undefined) throw new Error(`there is no version ${known.version}`);
			const found = podViolations(known.level, objectIn(from, known.pod), minor);
			const isRight = known.expect === 'pass' ? found.length === 0 : found.some(({control}) => speaks(control, known.control));
			return {...known, isRight, found: found.map(({control}) => control).join(', ') || 'pass'};
		}),
	);
	const judged = answers.filter(answer => !isMiss(answer)) as readonly Answer[];
	const wrong = judged.filter(({isRight}) => !isRight);
	return {
		right: judged.length - wrong.length,
		total: answers.length,
		unsafe: wrong.filter(({expect, found}) => expect === 'fail' && found === 'pass').length,
		misses: [
			...wrong.map(({level, version, control, pod, expect, found}) => ({
				case: `${level}:${version} ${control} ${pod}`,
				expected: expect,
				got: found,
			})),
			...answers.filter(isMiss),
		],
		published: {'kube-apiserver, its own tests': 'all'},
		by: {version: byVersion(judged)},
	};
}

function byVersion(judged: readonly Answer[]) {
	const groups = Map.groupBy(judged, ({version}) => version);
	return Object.fromEntries(
		[...groups].map(([version, all]) => [version, {right: all.filter(({isRight}) => isRight).length, total: all.length}]),
	);
}
