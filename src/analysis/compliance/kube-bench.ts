import * as z from 'zod';
import {MkcoaError} from '../../core/error.ts';
import {oneLine} from '../../core/text/one-line.ts';

const resultSchema = z.object({
	test_number: z.string(),
	status: z.enum(['PASS', 'FAIL', 'WARN', 'INFO']),
	actual_value: z.string().optional(),
	reason: z.string().optional(),
});
const partSchema = z.object({
	version: z.string().optional(),
	node_type: z.string().optional(),
	tests: z.array(z.object({results: z.array(resultSchema).nullish()})),
});
const reportSchema = z.union([z.object({Controls: z.array(partSchema)}), z.array(partSchema).transform(Controls => ({Controls}))]);

/** What kube-bench said of one control on one node. */
export type BenchResult = {
	readonly control: string;
	readonly status: 'PASS' | 'FAIL' | 'WARN' | 'INFO';
	/** `master`, `node`, `etcd`, … */
	readonly nodeType: string;
	readonly detail: string;
};

const unusable = (why: string, next: string) =>
	new MkcoaError({kind: 'usage', code: 'bad-kube-bench', what: 'The report of kube-bench cannot be used', why, next});

/** Values that were read may hold a whole command line. */
const mostDetail = 160;

/** JSON documents one after the other, as runs on several nodes leave them in one file. */
function documentsIn(text: string): readonly unknown[] {
	try {
		return [JSON.parse(text)];
	} catch {
		return text
			.split('\n')
			.filter(line => line.trim() !== '')
			.map(line => JSON.parse(line) as unknown);
	}
}

/**
 * Reads what `kube-bench --json` prints: one report, or those of several nodes, each on a line of its own.
 * @param version of the benchmark that the controls are of, as kube-bench names it
 * @throws MkcoaError `bad-kube-bench` where it is no such report, or one of another version, whose numbers mean other things
 */
export function readKubeBench(text: string, version: string | undefined): readonly BenchResult[] {
	if (version === undefined)
		throw unusable('kube-bench knows no such benchmark', 'Leave the report out, or ask for the benchmark cis, eks, gke or aks');
	let documents: readonly unknown[];
	try {
		documents = documentsIn(text);
	} catch {
		throw unusable('it is no JSON', 'Write it with kube-bench --json > FILE, one line for each node');
	}
	return documents.flatMap(document => {
		const parsed = reportSchema.safeParse(document);
		if (!parsed.success) throw unusable('it has no Controls', 'Write it with kube-bench --json > FILE');
		return parsed.data.Controls.flatMap(part => {
			const other = part.version !== undefined && part.version !== version ? part.version : undefined;
			if (other !== undefined)
				throw unusable(
					`it is of ${oneLine(other)}, not of ${version}`,
					`Run kube-bench with --benchmark ${version}, or ask for another benchmark`,
				);
			return part.tests.flatMap(({results}) =>
				(results ?? []).map(({test_number, status, actual_value, reason}) => ({
					...{control: test_number, status, nodeType: part.node_type ?? 'node'},
					detail: oneLine(actual_value || reason || status).slice(0, mostDetail),
				})),
			);
		});
	});
}
