import {join, relative} from 'node:path';
import * as z from 'zod';
import {generalHealth} from '../../../src/analysis/health/general-health.ts';
import {healthOf, wellFormed} from '../../../src/analysis/health/health-of.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {isMiss, objectIn, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';

const caseRow = z.object({
	group: z.string().optional(),
	kind: z.string(),
	input: z.string(),
	status: z.string().nullish(),
	message: z.string().optional(),
});
type Case = z.infer<typeof caseRow> & {readonly name: string; readonly object: KubeObject};

/** Reads `index.json` files of rows `{group, kind, input, status, message}`; what a row leaves out or leaves null is not asserted. */
export function healthSet(folder: string): Grade {
	const read = rowsNamed(folder, 'index.json').map(({from, at, row}): Case | Miss => {
		const parsed = caseRow.safeParse(row);
		const name = parsed.success ? relative(folder, join(from, parsed.data.input)) : at;
		return tryCase(name, () => {
			const known = caseRow.parse(row);
			return {...known, name, object: wellFormed(objectIn(from, known.input))};
		});
	});
	const unread = read.filter(isMiss);
	const cases = read.filter((each): each is Case => !isMiss(each));
	const asserted = cases.filter(({status, message}) => typeof status === 'string' || message !== undefined);
	const answers = asserted.map(known => ({known, got: healthOf(known.object)}));
	const alike = answers.filter(({known, got}) => (known.status ?? got.status) === got.status);
	const wrong = answers.filter(
		({known, got}) => (known.status ?? got.status) !== got.status || (known.message ?? got.message) !== got.message,
	);
	return {
		right: asserted.length - wrong.length,
		total: asserted.length + unread.length,
		unsafe: wrong.filter(({known, got}) => got.status === 'Healthy' && bad.has(known.status)).length,
		misses: [...wrong.map(({known, got}) => ({case: known.name, expected: answerText(known), got: answerText(got)})), ...unread],
		published: {'Argo CD, its own tests': 'all'},
		notes: [
			`status without the message word for word: ${alike.length} of ${asserted.length + unread.length}`,
			generalNote(asserted),
			`${cases.length - asserted.length} more cases assert nothing`,
		],
	};
}

/** How far the rules go that know no kind: other kinds of the same sort will be read so. */
function generalNote(asserted: readonly Case[]): string {
	const answers = asserted.map(known => ({known, got: generalHealth(known.object)}));
	const status = answers.filter(({known, got}) => (known.status ?? got.status) === got.status);
	const whole = status.filter(({known, got}) => (known.message ?? got.message) === got.message);
	const unsafe = answers.filter(({known, got}) => got.status === 'Healthy' && bad.has(known.status));
	return `general rules alone: ${status.length} of ${asserted.length} (with the message word for word ${whole.length}, unsafe ${unsafe.length})`;
}

const bad: ReadonlySet<unknown> = new Set(['Degraded', 'Missing']);

const answerText = ({status, message}: {readonly status?: string | null | undefined; readonly message?: string | undefined}) =>
	`${status ?? '(any)'}: ${message === undefined ? '(any)' : JSON.stringify(message)}`;
