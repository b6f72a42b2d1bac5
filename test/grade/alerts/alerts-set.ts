import {alertCatalogue} from '../../../src/analysis/alert-rules/alert-catalogue.ts';
import {isAlerting, type RuleGroup} from '../../../src/analysis/alert-rules/rule.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {promtoolPath, promtoolTests} from './promtool.ts';
import {type RuleCheck, type RuleTests, ruleTestsIn} from './rule-checks.ts';

/**
 * Runs unit tests that others wrote for rules of the same names against the catalogue, check by check. `unsafe` counts alerts that should have fired and did
 * not.
 * @throws where there is no promtool
 */
export function alertsSet(folder: string): Grade {
	const files = ruleTestsIn(folder);
	const promtool = promtoolPath();
	if (promtool === undefined) {
		throw new Error('rules are tested by promtool, which is not here. Build it with npm run cluster:build, or put promtool 3 on the PATH');
	}
	const graded = files.map(tests => gradeFile(promtool, tests));
	const misses = graded.flatMap(({wrong}) => wrong);
	const checks = files.flatMap(checksOf);
	const total = checks.length;
	return {
		right: total - misses.length,
		total,
		unsafe: misses.filter(({isUnsafe}) => isUnsafe).length,
		misses: misses.map(({isUnsafe: _, ...miss}) => miss),
		by: {
			kind: {
				fires: countOf(checks, misses, true),
				silent: countOf(checks, misses, false),
				recorded: countOf(checks, misses, undefined),
			},
			file: Object.fromEntries(graded.map(({file, wrong, total: all}) => [file, {right: all - wrong.length, total: all}])),
		},
		published: {"the mixin's own rules, promtool 2.42 (six of eight files)": '188 of 198'},
	};
}

type Wrong = Miss & {readonly fires: boolean | undefined; readonly isUnsafe: boolean};

const checksOf = ({groups}: RuleTests): readonly RuleCheck[] => groups.flatMap(({checks}) => checks);

function countOf(checks: readonly RuleCheck[], misses: readonly Wrong[], kind: boolean | undefined) {
	const total = checks.filter(({fires}) => fires === kind).length;
	return {right: total - misses.filter(({fires}) => fires === kind).length, total};
}

/** Texts are each writer's own, so annotations are no part of the comparison. */
const bare = alertCatalogue().map(
	(group): RuleGroup => ({...group, rules: group.rules.map(rule => (isAlerting(rule) ? {...rule, annotations: {}} : rule))}),
);

/** Groups run whole first, which is quicker; of those that fail each check runs alone, so that one that fails hides no other. */
function gradeFile(promtool: string, tests: RuleTests) {
	const {file, settings, groups} = tests;
	const failed = promtoolTests(promtool, bare, {...settings, tests: groups.map(({group}) => group)});
	const doubtful = groups.filter(({id}) => failed.has(id)).flatMap(({checks}) => checks);
	const failures =
		doubtful.length === 0
			? new Map<string, string>()
			: promtoolTests(promtool, bare, {...settings, tests: doubtful.map(({alone}) => alone)});
	const wrong = doubtful.flatMap(({id, says, fires}): Wrong[] => {
		const failure = failures.get(id);
		if (failure === undefined) return [];
		const isUnsafe = fires === true && /got:\s*\[\s*\]/.test(failure);
		return [{case: `${file} ${id}`, expected: says, got: failure.replace(/\s+/g, ' ').trim(), fires, isUnsafe}];
	});
	return {file, wrong, total: checksOf(tests).length};
}
