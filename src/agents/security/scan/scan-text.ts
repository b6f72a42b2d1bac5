import {refText} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import type {View} from '../../../core/tool.ts';
import {severities, type ToldFailure, type ToldScan} from './scan-output.ts';

/** Lines of a terminal that nobody made larger. */
const screen = 24;
/** Checks named on the first screen, and objects told in detail. */
const mostChecks = 8;
const leastChecks = 3;
const mostDetailed = 25;

type Result = ToldScan['results'][number];
const states = ['fail', 'pass', 'not-applicable', 'not-checked'] as const;
const inState = (results: readonly Result[], wanted: Result['state']) => results.filter(({state}) => state === wanted).length;

/** Failures that are somebody's task. */
const isTask = ({exception, platform}: ToldFailure) => exception === undefined && platform === undefined;

function headLines({where, score, results, objects, atOwner, takenAt, kubernetes, distribution, podSecurity}: ToldScan, view: View) {
	const judged = results.filter(({passed, failed}) => passed + failed > 0).length;
	const of = `over ${judged} of ${count(results.length, 'check')} that found something to judge and could`;
	const cluster = [kubernetes, distribution].filter(part => part !== undefined).join(', ');
	const {restricted, baseline, privileged} = podSecurity;
	return [
		...textLines('', `${score === undefined ? 'No score: nothing was judged' : `Score ${score} of 100 ${of}`}`, view),
		...textLines(
			'',
			`${where}${cluster === '' ? '' : ` (${cluster})`}: ${count(objects, 'object')}${atOwner === 0 ? '' : `, ${atOwner} more judged at their owner`}, ${takenAt}`,
			view,
		),
		...textLines('', `Pod Security of workloads: ${restricted} restricted, ${baseline} baseline, ${privileged} neither`, view),
	];
}

/** Checks of each family by how they came out; those without a failure are told together. */
function familyTable(results: readonly Result[], view: View): string {
	const byFamily = [...Map.groupBy(results, ({family}) => family)];
	const isTold = ([, some]: (typeof byFamily)[number]) => inState(some, 'fail') + inState(some, 'not-checked') > 0;
	const quiet = byFamily.filter(each => !isTold(each)).flatMap(([, some]) => some);
	const row = (name: string, some: readonly Result[]) => [name, ...states.map(state => inState(some, state))];
	return textTable({
		headers: ['checks', 'fail', 'pass', 'n/a', 'not checked'],
		rows: [
			...byFamily.filter(isTold).map(([family, some]) => row(family, some)),
			...(quiet.length === 0 ? [] : [row('others', quiet)]),
			row('all', results),
		],
		view,
	});
}

/** How many objects fail by severity. */
function severityLine(results: readonly Result[]): string {
	const failing = severities.map(severity => {
		const some = results.filter(each => each.severity === severity);
		return `${some.reduce((sum, {failed}) => sum + failed, 0)} ${severity}`;
	});
	return `Findings: ${failing.join(', ')}`;
}

/** The gravest checks, each with the objects that fail it. */
function worstLines({results, failures}: ToldScan, view: View, most: number): readonly string[] {
	const failed = severities.flatMap(severity =>
		results.filter(each => each.severity === severity && each.failed > 0).toSorted((one, other) => other.failed - one.failed),
	);
	const objectsOf = Map.groupBy(failures.filter(isTask), ({id}) => id);
	const lines = failed.slice(0, most).flatMap(({id, severity, failed: amount}) => {
		const names = (objectsOf.get(id) ?? []).map(({resource}) => refText(resource));
		return textLines(
			`${severitySigns[severity]} ${severity.padEnd(8)} `,
			`${id}: ${amount === 1 ? '' : `${amount} objects, `}${names[0] ?? ''}`,
			view,
		);
	});
	const left = failed.length - most;
	return failed.length === 0
		? []
		: [
				'',
				...lines,
				...(left > 0 ? textLines('  ', `and ${count(left, 'more check')}: --severity high, --family NAME, --json`, view) : []),
			];
}

function failureLines(failure: ToldFailure, title: string, view: View): readonly string[] {
	const {id, severity, resource, evidence, related = [], keeper, platform, exception, remedy, noRemedy} = failure;
	const say = (word: string, text: string) => textLines(`  ${word.padEnd(8)}`, text, view);
	return [
		'',
		...textLines(`${severitySigns[severity]} `, `${severity} ${refText(resource)} (${id})`, view),
		...textLines('  ', title, view),
		...evidence.flatMap(({source, detail}) => say('Field', `${source}: ${detail}`)),
		...(related.length === 0 ? [] : say('With', someOf(related.map(refText), 5))),
		...(platform === undefined ? [] : say('Platform', `${platform}; it is in no score`)),
		...(exception === undefined ? [] : say('Excepted', `until ${exception.expires} by ${exception.owner}: ${exception.reason}`)),
		...(keeper === undefined ? [] : say('Kept by', keeper)),
		...say('Fix', remedy === undefined ? `none: ${noRemedy ?? 'nobody can tell'}` : remedy.text),
	];
}

/** One failure in one line, as where there are many. */
const failureLine = ({severity, resource, id, evidence, platform, exception}: ToldFailure, view: View) => {
	const apart = platform === undefined ? (exception === undefined ? '' : ` (excepted by ${exception.owner})`) : ` (${platform})`;
	return textLines(
		`${severitySigns[severity]} ${severity.padEnd(8)} `,
		`${refText(resource)} (${id})${apart}: ${evidence[0]?.detail ?? ''}`,
		view,
	);
};

function detailLines({failures, results, more}: ToldScan, view: View): readonly string[] {
	const titles = new Map(results.map(({id, title}) => [id, title]));
	const isLong = failures.length > mostDetailed;
	const lines = failures.flatMap(failure =>
		isLong ? failureLine(failure, view) : failureLines(failure, titles.get(failure.id) ?? '', view),
	);
	return [...(isLong ? [''] : []), ...lines, ...(more === 0 ? [] : [`and ${more} more`])];
}

/** What the one check demands that was asked for. */
function checkLines({results}: ToldScan, view: View): readonly string[] {
	const [only] = results;
	if (only === undefined) return [];
	const {title, passed, failed, state} = only;
	return ['', ...textLines('', `${title}: ${state}, ${count(passed, 'object')} passed, ${failed} failed`, view)];
}

function apartLines({results, exceptions, failures}: ToldScan, view: View): readonly string[] {
	const sum = (key: 'excepted' | 'platform') => results.reduce((all, each) => all + each[key], 0);
	const programs = new Set(failures.flatMap(({platform}) => platform ?? []));
	const {expired, unmatched} = exceptions;
	const told = (list: ToldScan['exceptions']['expired']) =>
		someOf(list.map(({check, object, owner}) => `${check} of ${object} (${owner})`));
	return [
		...(sum('excepted') === 0 ? [] : textLines('Excepted: ', `${count(sum('excepted'), 'finding')}`, view)),
		...(expired.length === 0 ? [] : textLines('Exceptions that have expired and cover nothing: ', told(expired), view)),
		...(unmatched.length === 0 ? [] : textLines('Exceptions that match nothing: ', told(unmatched), view)),
		...(sum('platform') === 0
			? []
			: textLines('Platform: ', `${count(sum('platform'), 'finding')} in what the cluster runs itself (${someOf([...programs])})`, view)),
	];
}

function diffLines({diff, score}: ToldScan, view: View): readonly string[] {
	if (diff === undefined) return [];
	const {since, score: before, fresh, fixed, unchanged} = diff;
	return [
		'',
		...textLines(
			'',
			`Since ${since}: score ${before ?? 'none'} → ${score ?? 'none'}, ${fresh.length} new, ${fixed.length} fixed, ${unchanged} unchanged`,
			view,
		),
		...fresh.slice(0, mostChecks).flatMap(text => textLines('  new   ', text, view)),
		...fixed.slice(0, mostChecks).flatMap(text => textLines('  fixed ', text, view)),
	];
}

/** Reasons that are told for many kinds are told once. */
function unseenLines({notChecked, results}: ToldScan, view: View): readonly string[] {
	const byWhy = [...Map.groupBy(notChecked, ({why}) => why)];
	const partly = results.filter(({why}) => why.length > 0).length;
	const lines = byWhy.flatMap(([why, list]) => textLines('  ', `${someOf(list.map(({what}) => what))}: ${why}`, view));
	return lines.length === 0
		? []
		: ['', `Not checked${partly === 0 ? '' : `, so that ${count(partly, 'check')} say less or nothing`}`, ...lines];
}

/** One screen: how it came out and what to look at first; where one check, family or severity was asked for, each finding. */
export function scanText(told: ToldScan, view: View): string {
	const {check, family, severity} = told.asked;
	const isDetailed = check !== undefined || family !== undefined || severity !== undefined;
	const above = [
		...headLines(told, view),
		...diffLines(told, view),
		'',
		...(check === undefined
			? [...familyTable(told.results, view).split('\n'), ...textLines('', severityLine(told.results), view)]
			: checkLines(told, view).slice(1)),
	];
	const below = [
		...apartLines(told, view),
		...unseenLines(told, view),
		...(isDetailed || told.failures.length === 0 ? [] : ['', ...textLines('', 'Evidence and fix: mkcoa security scan --check ID', view)]),
	];
	// What is not named here is counted in one line behind an empty one.
	const room = Math.max(leastChecks, Math.min(mostChecks, screen - above.length - below.length - 2));
	return [...above, ...(isDetailed ? detailLines(told, view) : worstLines(told, view, room)), ...below].join('\n');
}
