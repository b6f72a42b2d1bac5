import type {Grade, Miss} from '../grade-set.ts';
import type {CaseResult, Failed, QuietResult} from './case-result.ts';
import {findingText} from './judging/finding.ts';

type Count = {readonly right: number; readonly total: number};
type Unreadable = {readonly name: string; readonly why: string};
type Results = {readonly cases: readonly CaseResult[]; readonly quiet: readonly QuietResult[]; readonly unreadable: readonly Unreadable[]};

/** What a set came to: a case is right where the tool was quiet before the fault, named the cause first and nobody else, and its remedy cured without harm. */
export function faultsGrade({cases, quiet, unreadable}: Results): Grade {
	const misses = [
		...cases.flatMap(result => missOf(result.name, 'the cause first, and its remedy', wrongIn(result))),
		...quiet.flatMap(result => missOf(result.name, 'a quiet cluster', quietWrong(result))),
		...unreadable.map(({name, why}) => ({case: name, expected: 'a case that can be read', got: why})),
	];
	const total = cases.length + quiet.length + unreadable.length;
	const measures = Object.entries(measuresOf(cases));
	return {
		right: total - misses.length,
		total,
		unsafe: cases.filter(({remedy}) => remedy !== undefined && remedy.harm.length > 0).length,
		by: {
			measure: {
				...Object.fromEntries(measures.map(([measure, isRight]) => [measure, counted(cases, isRight)])),
				precision: precisionOf(cases),
				'quiet bases': counted(cases, ({base}) => isQuiet(base)),
				'quiet clusters': counted(quiet, result => quietWrong(result).length === 0),
			},
			...Object.fromEntries(measures.map(([measure, isRight]) => [`${measure} by family`, byFamily(cases, isRight)])),
		},
		misses,
		published: {},
		notes: cases.flatMap(pathNote),
	};
}

/** A right cause with another path, which is no miss. */
function pathNote({name, verdict}: CaseResult): readonly string[] {
	const found = judged(verdict);
	const [first] = found?.loud ?? [];
	if (found === undefined || first === undefined || !found.isRight || found.isPathRight) return [];
	return [`path of ${name}: expected ${found.wantedPath ?? 'the cause itself'}, got ${findingText(first)}`];
}

type IsRight = (result: CaseResult) => boolean;

/** What is counted of each case. Where nobody asked for remedies, none is. */
const measuresOf = (cases: readonly CaseResult[]): {readonly [measure: string]: IsRight} => ({
	cause: ({verdict}) => judged(verdict)?.isRight === true,
	path: ({verdict}) => judged(verdict)?.isPathRight === true,
	...(cases.some(({remedy}) => remedy !== undefined) ? {remedied: isRemedied, 'remedied unasked': isRemediedUnasked} : {}),
});

const counted = <Result>(results: readonly Result[], isRight: (result: Result) => boolean): Count => ({
	right: results.filter(isRight).length,
	total: results.length,
});

const byFamily = (cases: readonly CaseResult[], isRight: IsRight) =>
	Object.fromEntries(
		[...Map.groupBy(cases, ({family}) => family)]
			.sort(([one], [other]) => one.localeCompare(other))
			.map(([family, some]) => [family, counted(some, isRight)]),
	);

/** Of what was reported while there was a fault, what belongs to it. */
function precisionOf(cases: readonly CaseResult[]): Count {
	const verdicts = cases.flatMap(({verdict}) => judged(verdict) ?? []);
	const total = verdicts.reduce((sum, {loud}) => sum + loud.length, 0);
	return {right: total - verdicts.reduce((sum, verdict) => sum + verdict.false.length, 0), total};
}

const judged = <Answer extends object>(answer: Answer | Failed | undefined): Exclude<Answer, Failed> | undefined =>
	answer === undefined || 'failed' in answer ? undefined : (answer as Exclude<Answer, Failed>);
const isQuiet = (base: CaseResult['base']) => judged(base)?.loud.length === 0;
const isRemedied = ({remedy}: CaseResult) => remedy !== undefined && remedy.left === undefined && remedy.harm.length === 0;

/** The objects themselves told which remedy it is. */
const isRemediedUnasked = (result: CaseResult) => isRemedied(result) && result.remedy?.isChosen === false;

const missOf = (name: string, expected: string, wrong: readonly string[]): readonly Miss[] =>
	wrong.length === 0 ? [] : [{case: name, expected, got: wrong.join('; ')}];

/** What was wrong with one case, one sentence each. */
export function wrongIn({broken, base, verdict, remedy}: CaseResult): readonly string[] {
	return [
		...(broken === undefined ? [] : [`not played: ${broken}`]),
		...(base === undefined || isQuiet(base)
			? []
			: [`before the fault ${'failed' in base ? base.failed : base.loud.map(findingText).join(', ')}`]),
		...wrongFindings(verdict),
		...(remedy === undefined || remedy.left === undefined ? [] : [`not cured by ${remedy.told}; left ${remedy.left}`]),
		...(remedy === undefined || remedy.harm.length === 0 ? [] : [`harm by ${remedy.told}: ${remedy.harm.join(', ')}`]),
	];
}

function wrongFindings(verdict: CaseResult['verdict']): readonly string[] {
	if (verdict === undefined) return [];
	if ('failed' in verdict) return [verdict.failed];
	const [first] = verdict.loud;
	const falseOnes = verdict.false.length === 0 ? [] : [`wrongly ${verdict.false.map(findingText).join(', ')}`];
	if (verdict.isRight) return falseOnes;
	const rest = verdict.isSymptomFirst ? ', a symptom' : '';
	const later = verdict.isAnywhere ? ', the cause later' : '';
	return [first === undefined ? 'found nothing' : `first ${findingText(first)}${rest}${later}`, ...falseOnes];
}

export const quietWrong = ({broken, loud = []}: QuietResult): readonly string[] => [
	...(broken === undefined ? [] : [broken]),
	...loud.map(findingText),
];
