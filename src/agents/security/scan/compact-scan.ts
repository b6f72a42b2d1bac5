import * as z from 'zod';
import {scanSchema, type ToldScan} from './scan-output.ts';

const output = scanSchema.omit({results: true, notChecked: true}).extend({
	/** How many checks came out how; of those that failed, how many objects. */
	checks: z.object({
		pass: z.number(),
		notApplicable: z.number(),
		notChecked: z.array(z.string()),
		fail: z.record(z.string(), z.number()),
	}),
	notChecked: z.array(z.object({what: z.string(), why: z.string()})),
});

const idsIn = ({results}: ToldScan, wanted: ToldScan['results'][number]['state']) => results.filter(({state}) => state === wanted);

/** A scan for those who pay for each word: checks in which nothing is wrong are counted, not listed. */
export const compactScan = {
	output,
	of({results, notChecked, ...rest}: ToldScan): z.core.util.JSONType {
		const told = {results, notChecked, ...rest};
		const compact: z.output<typeof output> = {
			...rest,
			checks: {
				pass: idsIn(told, 'pass').length,
				notApplicable: idsIn(told, 'not-applicable').length,
				notChecked: idsIn(told, 'not-checked').map(({id}) => id),
				fail: Object.fromEntries(idsIn(told, 'fail').map(({id, failed}) => [id, failed])),
			},
			notChecked: notChecked.map(({what, why}) => ({what, why})),
		};
		return compact as z.core.util.JSONType;
	},
};
