import type {Metrics} from './vector.ts';

/** How far a value is from the gravest of its metric, in steps. Those of which the gravest is `S` or `H` begin later. */
const steps: {readonly [metric: string]: string} = {
	...{AV: 'NALP', PR: 'NLH', UI: 'NPA', AC: 'LH', AT: 'NP', VC: 'HLN', VI: 'HLN', VA: 'HLN'},
	...{SC: 'SHLN', SI: 'SHLN', SA: 'SHLN', CR: 'HML', IR: 'HML', AR: 'HML'},
};

/**
 * Scores that experts gave each class of vectors: by the first three equivalences, then those of the sixth, the fourth and the fifth in order. Of
 * the third's class 2 the sixth has one class alone.
 * @see https://www.first.org/cvss/v4.0/specification-document#New-Scoring-System-Development
 */
const experts: {readonly [classes: string]: string} = {
	'000': '10 9.8 9.5 10 9.3 9.1 9.3 8.9 8.1 9.9 9.5 9.2 9.6 8.7 8.1 9 8 6.8',
	'001': '9.8 9.5 9 9.3 8.9 8.1 8.8 7.8 6.9 9.5 9.2 8.4 9.2 8.1 6.5 8 7 4.8',
	'002': '9.2 8.2 7.2 7.9 6.9 5 6.9 5.5 2.7',
	'010': '9.9 9.5 9.2 9.5 9 8.4 9.2 8.2 7.2 9.7 9.2 8.5 9.1 8.3 7.1 8.1 7.1 5.3',
	'011': '9.5 9.2 8.5 9.2 8 7 8.4 7.1 5 9.3 8.5 7.3 8.2 7.2 5.9 7 5.2 3',
	'012': '8.6 7.5 5.2 7.1 5.2 2.9 6.3 2.9 1.7',
	'100': '9.8 9.4 9.1 9.4 8.6 7.7 8.7 7.4 6.3 9.5 8.7 8.1 8.9 7.4 6.4 7.5 6.3 4.9',
	'101': '9.4 8.8 7.6 8.6 7.4 5.9 7.2 5.7 5.2 8.9 7.7 6.7 7.6 5.8 5 5.7 5.2 2.5',
	'102': '8.3 7 5.4 6.5 5.8 2.6 5.3 2.1 1.3',
	'110': '9.5 8.8 7.6 9 7.5 6.1 7.7 6.8 5.2 9 7.6 7 7.7 6.2 5.3 6.6 5.9 3',
	'111': '8.9 7.6 6.2 7.4 5.7 4.7 6.1 5.7 2.4 7.8 6.7 5.8 5.9 5.7 2.3 5.2 2.9 1.6',
	'112': '7.1 5.9 3 5.8 2.6 1.5 2.3 1.3 0.6',
	'200': '9.3 8.6 7.5 8.6 7.4 5.6 7 5.2 4 8.7 7.2 5.8 7.4 6.1 3.4 5.4 4 2.2',
	'201': '8.5 7.4 6.2 7.2 5.5 4.6 5.3 3.4 1.9 7.5 5.5 5.1 5.7 4.1 1.9 3.6 1.9 0.8',
	'202': '6.4 5.1 2 4.7 2.1 1.1 2.4 0.9 0.4',
	'210': '8.8 7.3 6 7.3 5.9 4.1 5.4 4.5 2 7.5 5.3 5 5.5 4 2 4.3 2.2 1.1',
	'211': '7.5 5.8 4 6.1 4.8 2 4.6 1.7 0.8 5.5 4.5 2.1 5.1 1.8 0.9 1.8 0.7 0.2',
	'212': '5.3 2.4 1.4 2.4 1.2 0.5 1 0.3 0.1',
};

/** The gravest vectors of each class. Where there are several, none is graver than another. */
const gravest = {
	first: [['AV:N PR:N UI:N'], ['AV:A PR:N UI:N', 'AV:N PR:L UI:N', 'AV:N PR:N UI:P'], ['AV:P PR:N UI:N', 'AV:A PR:L UI:P']],
	second: [['AC:L AT:N'], ['AC:H AT:N', 'AC:L AT:P']],
	/** With the sixth: each by the class of it. */
	third: [
		[['VC:H VI:H VA:H CR:H IR:H AR:H'], ['VC:H VI:H VA:L CR:M IR:M AR:H', 'VC:H VI:H VA:H CR:M IR:M AR:M']],
		[
			['VC:L VI:H VA:H CR:H IR:H AR:H', 'VC:H VI:L VA:H CR:H IR:H AR:H'],
			[
				...['VC:L VI:H VA:L CR:H IR:M AR:H', 'VC:L VI:H VA:H CR:H IR:M AR:M', 'VC:H VI:L VA:H CR:M IR:H AR:M'],
				...['VC:H VI:L VA:L CR:M IR:H AR:H', 'VC:L VI:L VA:H CR:H IR:H AR:M'],
			],
		],
		[[], ['VC:L VI:L VA:L CR:H IR:H AR:H']],
	],
	fourth: [['SC:H SI:S SA:S'], ['SC:H SI:H SA:H'], ['SC:L SI:L SA:L']],
} as const;

/** Steps from the gravest vector of a class to the mildest one. The fifth has one metric and no steps. */
const depths = {
	first: [1, 4, 5],
	second: [1, 2],
	third: [
		[7, 6],
		[8, 8],
		[10, 10],
	],
	fourth: [6, 5, 4],
} as const;

/** Classes of the six equivalences. */
type Classes = {
	readonly first: number;
	readonly second: number;
	readonly third: number;
	readonly fourth: number;
	readonly fifth: number;
	readonly sixth: number;
};

type Value = (metric: string) => string;

/** What counts: the environment's value before the base's, and the worst where nothing is told. */
function effective(metrics: Metrics): Value {
	const told = (name: string) => {
		const value = metrics.get(name);
		return value === 'X' ? undefined : value;
	};
	const worst: {readonly [metric: string]: string} = {E: 'A', CR: 'H', IR: 'H', AR: 'H'};
	return name => told(`M${name}`) ?? told(name) ?? worst[name] ?? 'N';
}

function classesOf(value: Value): Classes {
	const is = (...pairs: readonly string[]) => pairs.map(pair => value(pair.slice(0, -1)) === pair.slice(-1));
	const every = (...pairs: readonly string[]) => is(...pairs).every(Boolean);
	const some = (...pairs: readonly string[]) => is(...pairs).some(Boolean);
	const demanded = every('CRH', 'VCH') || every('IRH', 'VIH') || every('ARH', 'VAH');
	return {
		first: every('AVN', 'PRN', 'UIN') ? 0 : some('AVN', 'PRN', 'UIN') && !some('AVP') ? 1 : 2,
		second: every('ACL', 'ATN') ? 0 : 1,
		third: every('VCH', 'VIH') ? 0 : some('VCH', 'VIH', 'VAH') ? 1 : 2,
		fourth: some('SIS', 'SAS') ? 0 : some('SCH', 'SIH', 'SAH') ? 1 : 2,
		fifth: some('EA') ? 0 : some('EP') ? 1 : 2,
		sixth: demanded ? 0 : 1,
	};
}

/** What experts gave a class; undefined where there is no such class. */
function expertScore({first, second, third, fourth, fifth, sixth}: Classes): number | undefined {
	if (fourth > 2 || fifth > 2 || (third === 2 && sixth === 0)) return undefined;
	const text = experts[`${first}${second}${third}`]?.split(' ')[(third === 2 ? 0 : sixth) * 9 + fourth * 3 + fifth];
	return text === undefined ? undefined : Number(text);
}

/** The next milder class of the third and the sixth together: they depend on each other. */
function milderImpact(classes: Classes): number | undefined {
	const {third, sixth} = classes;
	if (third === 0 && sixth === 0) {
		const either = [expertScore({...classes, sixth: 1}), expertScore({...classes, third: 1})].filter(score => score !== undefined);
		return either.length === 0 ? undefined : Math.max(...either);
	}
	return expertScore(third === 1 && sixth === 0 ? {...classes, sixth: 1} : {...classes, third: third + 1});
}

/** Steps between the vector and a grave one; undefined where a metric is graver than in it. */
function distance(vector: string, value: Value): number | undefined {
	let sum = 0;
	for (const pair of vector.split(' ')) {
		const [metric = '', grave = ''] = pair.split(':');
		const order = steps[metric] ?? '';
		const far = order.indexOf(value(metric)) - order.indexOf(grave);
		if (far < 0) return undefined;
		sum += far;
	}
	return sum;
}

/** From the first of the gravest vectors of a class that is nowhere milder than this one. */
const fromGravest = (vectors: readonly string[], value: Value) =>
	vectors.map(vector => distance(vector, value)).find(far => far !== undefined) ?? 0;

/**
 * The score of CVSS 4.0, with threat and environment as far as the vector tells of them: the experts' score of its class, less the mean part of the
 * way to the next milder classes that it has gone.
 * @see https://www.first.org/cvss/v4.0/specification-document#CVSS-v4-0-Scoring
 */
export function scoreOf4(metrics: Metrics): number {
	const value = effective(metrics);
	if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every(metric => value(metric) === 'N')) return 0;
	const classes = classesOf(value);
	const score = expertScore(classes) ?? 0;
	const {first, second, third, fourth, fifth, sixth} = classes;
	const ways = [
		{milder: expertScore({...classes, first: first + 1}), gone: fromGravest(gravest.first[first] ?? [], value), of: depths.first[first]},
		{
			milder: expertScore({...classes, second: second + 1}),
			gone: fromGravest(gravest.second[second] ?? [], value),
			of: depths.second[second],
		},
		{milder: milderImpact(classes), gone: fromGravest(gravest.third[third]?.[sixth] ?? [], value), of: depths.third[third]?.[sixth]},
		{
			milder: expertScore({...classes, fourth: fourth + 1}),
			gone: fromGravest(gravest.fourth[fourth] ?? [], value),
			of: depths.fourth[fourth],
		},
		{milder: expertScore({...classes, fifth: fifth + 1}), gone: 0, of: 1},
	];
	const parts = ways.flatMap(({milder, gone, of = 1}) => (milder === undefined ? [] : [((score - milder) * gone) / of]));
	const mean = parts.length === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / parts.length;
	const settled = Math.min(10, Math.max(0, score - mean));
	// Sums of decimals end a hair below the half.
	return Math.round((settled + 1e-6) * 10) / 10;
}
