import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'yaml';
import * as z from 'zod';

const name = z.string();
const alertCheck = z.object({
	eval_time: name,
	alertname: name,
	exp_alerts: z.array(z.object({exp_labels: z.record(name, z.coerce.string()).optional()})).nullish(),
});
const sampleCheck = z.looseObject({eval_time: name, expr: name});
const group = z.looseObject({
	name: name.optional(),
	alert_rule_test: z.array(alertCheck).optional(),
	promql_expr_test: z.array(sampleCheck).optional(),
});
const testFile = z.looseObject({rule_files: z.array(name), tests: z.array(group)});

/** One check of a file. `alone` is a group of tests with this check only; `fires`: whether alerts are expected. */
export type RuleCheck = {readonly id: string; readonly says: string; readonly fires: boolean | undefined; readonly alone: object};

/** Checks on the same input series; `group` holds them all. */
type CheckGroup = {readonly id: string; readonly group: object; readonly checks: readonly RuleCheck[]};

/** A file of promtool's unit tests: its groups, and all else that it sets (such as `evaluation_interval`). */
export type RuleTests = {readonly file: string; readonly settings: object; readonly groups: readonly CheckGroup[]};

/**
 * The files of unit tests in a folder and below it, sorted by name: those that name `rule_files` and `tests`. Annotations are left out of what is
 * expected, because texts are each writer's own.
 * @throws where a file of that sort is of another form
 */
export const ruleTestsIn = (folder: string): readonly RuleTests[] =>
	readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter(file => /\.ya?ml$/.test(file))
		.sort()
		.flatMap(file => {
			const content: unknown = parse(readFileSync(join(folder, file), 'utf8'));
			if (!isTests(content)) return [];
			const {tests, rule_files: _, ...settings} = testFile.parse(content);
			return [{file, settings, groups: tests.map(checkGroup)}];
		});

const isTests = (content: unknown) => typeof content === 'object' && content !== null && 'rule_files' in content && 'tests' in content;

function checkGroup(
	{alert_rule_test: alerts = [], promql_expr_test: samples = [], ...given}: z.infer<typeof group>,
	at: number,
): CheckGroup {
	const place = given.name ?? `test ${at + 1}`;
	const id = `${at + 1}`;
	const bare = alerts.map(({eval_time, alertname, exp_alerts}) => ({
		...{eval_time, alertname},
		exp_alerts: (exp_alerts ?? []).map(({exp_labels = {}}) => ({exp_labels})),
	}));
	const alone = (kind: 'alert_rule_test' | 'promql_expr_test', index: number, check: object) => {
		const name = `${id}/${kind}/${index + 1}`;
		return {id: name, alone: {...given, name, [kind]: [check]}};
	};
	const checks = [
		...bare.map((check, index): RuleCheck => {
			const fires = check.exp_alerts.length > 0;
			const says = `${place}: ${check.alertname} at ${check.eval_time} ${fires ? `fires ${check.exp_alerts.length}` : 'silent'}`;
			return {...alone('alert_rule_test', index, check), says, fires};
		}),
		...samples.map(
			(check, index): RuleCheck => ({
				...alone('promql_expr_test', index, check),
				...{says: `${place}: ${check.expr} at ${check.eval_time}`, fires: undefined},
			}),
		),
	];
	return {id, group: {...given, name: id, alert_rule_test: bare, promql_expr_test: samples}, checks};
}
