import type {Fault, Mend, Settings} from '../check.ts';
import type {Looks} from '../on-objects.ts';
import {type Argument, argumentOf, type Program, type ProgramName, programsIn} from './program.ts';

/** What is demanded of one argument of a component. Where it is not given its default counts, as the program's reference has it. */
export type Demand = {readonly flag: string} & (
	| {readonly is: 'set'; readonly to: string}
	| {readonly is: 'unset'}
	| {readonly is: string; readonly default: string}
	/** A list that holds an item, or does not, or holds none of some. */
	| {readonly holds: string; readonly default?: readonly string[]}
	| {readonly lacks: string}
	| {readonly atLeast: number; readonly default?: number}
);

/** A component with demands on its arguments. One component that breaks several of them has one fault. */
export const onArguments = <Given extends Settings>(
	name: ProgramName,
	settings: Given,
	demandsOf: (given: Given) => readonly Demand[],
): Looks<Given> => onProgram(name, settings, (program, given) => broken(program, demandsOf(given)));

/** A check of each running of a component. */
export const onProgram = <Given extends Settings>(
	name: ProgramName,
	settings: Given,
	find: (program: Program, given: Given, all: readonly Program[]) => readonly Broken[],
): Looks<Given> => ({
	// Components run as static pods; the mirror of each is a Pod.
	reads: ['Pod'],
	settings,
	look: (world, given) => {
		const all = programsIn(world);
		return all
			.filter(program => program.name === name)
			.map(program => ({resource: program.workload.ref, faults: faultOf(find(program, given, all))}));
	},
});

/** One argument that is not as demanded. */
export type Broken = {readonly path: string; readonly evidence: string; readonly mend: Mend; readonly related?: Fault['related']};

const faultOf = (all: readonly Broken[]): readonly Fault[] =>
	all.length === 0
		? []
		: [
				{
					paths: all.map(({path}) => path),
					mends: all.map(({mend}) => mend),
					evidence: all.map(({evidence}) => evidence).join(', '),
					related: all.flatMap(({related = []}) => related),
				},
			];

/** Demands that a component breaks. Arguments that are missing go after the last, in the order of the demands. */
export function broken(program: Program, demands: readonly Demand[]): readonly Broken[] {
	let missing = 0;
	return demands.flatMap((demand): readonly Broken[] => {
		const given = argumentOf(program, demand.flag);
		const wanted = wantedOf(demand, given);
		if (wanted === 'kept') return [];
		if (given === undefined) {
			const path = program.nextPath(missing++);
			return [{path, evidence: `--${demand.flag} is not set`, mend: mendOf(path, demand.flag, wanted, '')}];
		}
		return [{path: given.path, evidence: `--${demand.flag} is ${given.value}`, mend: mendOf(given.path, demand.flag, wanted, given.rest)}];
	});
}

/** What an argument should be: `kept` where it is so, undefined where it should not be. */
type Wanted = 'kept' | {readonly value: string} | {readonly ask: string} | undefined;

function wantedOf(demand: Demand, given: Argument | undefined): Wanted {
	if ('holds' in demand) {
		const items = given === undefined ? (demand.default ?? []) : itemsOf(given);
		return items.includes(demand.holds) ? 'kept' : {value: [...items, demand.holds].join(',')};
	}
	if ('lacks' in demand) {
		const items = given === undefined ? [] : itemsOf(given);
		const left = items.filter(item => item !== demand.lacks);
		if (left.length === items.length) return 'kept';
		return left.length === 0 ? undefined : {value: left.join(',')};
	}
	if ('atLeast' in demand) {
		const value = given === undefined ? demand.default : Number(given.value);
		return value !== undefined && value >= demand.atLeast ? 'kept' : {value: String(demand.atLeast)};
	}
	if (demand.is === 'unset') return given === undefined ? 'kept' : undefined;
	if ('to' in demand) return given === undefined || given.value === '' ? {ask: demand.to} : 'kept';
	return (given?.value ?? ('default' in demand ? demand.default : undefined)) === demand.is ? 'kept' : {value: demand.is};
}

/** Items of a list: `Node,RBAC`. */
export const itemsOf = ({value}: Pick<Argument, 'value'>) => value.split(',').flatMap(item => (item.trim() === '' ? [] : [item.trim()]));

/** The element of `command` or `args` as it should be; without the flag it goes, unless it holds others. */
export function mendOf(path: string, flag: string, wanted: Exclude<Wanted, 'kept'>, rest: string): Mend {
	if (wanted === undefined) return rest === '' ? {path, remove: true} : {path, value: rest};
	if ('ask' in wanted) return {path, ask: `--${flag}=${wanted.ask}`};
	return {path, value: [rest, `--${flag}=${wanted.value}`].filter(text => text !== '').join(' ')};
}
