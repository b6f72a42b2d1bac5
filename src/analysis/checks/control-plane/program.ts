import type {JsonObject} from '../../../core/json.ts';
import {repositoryOf} from '../../../core/kube/image-reference.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Workload, World} from '../world.ts';

const programs = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const;
export type ProgramName = (typeof programs)[number];

/** One argument as it is written, wherever: `--profiling=false`, `--profiling false`, or among others in one text of a shell. */
export type Argument = {
	readonly flag: string;
	readonly value: string;
	/** Of the element of `command` or `args` that holds the flag. */
	readonly path: string;
	/** That element without the flag; empty where it holds nothing else. */
	readonly rest: string;
};

/** A component of the control plane that runs in a container of its own. */
export type Program = {
	readonly name: ProgramName;
	readonly workload: Workload;
	readonly arguments: readonly Argument[];
	/** Where a further argument goes. @param index from 0, where several are missing */
	readonly nextPath: (index: number) => string;
};

/** Every component of the control plane among the pods: static pods, or what a hosted control plane runs. */
export const programsIn = oncePerObject((world: World): readonly Program[] =>
	world.workloads.flatMap(workload =>
		workload.containers.flatMap(({container, path}) => {
			const name = nameOf(container);
			return name === undefined ? [] : [programOf(name, workload, container, path)];
		}),
	),
);

const baseName = (text: string) => text.slice(text.lastIndexOf('/') + 1);
const wordsOf = (text: string) => text.split(/\s+/).filter(word => word !== '');
const known = (text: string) => programs.find(program => program === baseName(text));

/** By what the container starts; where that is left to the image, by the image. */
function nameOf(container: JsonObject): ProgramName | undefined {
	const command = listAt(container, 'command').map(String);
	if (command.length === 0) return known(repositoryOf(textAt(container, 'image') ?? ''));
	const own = known(wordsOf(command[0] ?? '')[0] ?? '');
	if (own !== undefined || !/^(?:ba|da|a)?sh$/.test(baseName(command[0] ?? ''))) return own;
	return [...command.slice(1), ...listAt(container, 'args').map(String)]
		.flatMap(wordsOf)
		.map(known)
		.find(each => each !== undefined);
}

function programOf(name: ProgramName, workload: Workload, container: JsonObject, path: string): Program {
	const lists = ['command', 'args'].map(list => ({path: `${path}.${list}`, texts: listAt(container, list).map(String)}));
	const words = lists.flatMap(list =>
		list.texts.flatMap((text, index) => wordsOf(text).map(word => ({word, text, path: `${list.path}[${index}]`}))),
	);
	const args = words.flatMap(({word, text, path: at}, index): readonly Argument[] => {
		const [, flag, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
		if (flag === undefined) return [];
		const next = words[index + 1]?.word;
		const taken = value ?? (next === undefined || next.startsWith('-') ? 'true' : next);
		const rest = wordsOf(text).filter(each => each !== word);
		return [{flag: flag.replaceAll('_', '-'), value: taken.replace(/^["']|["']$/g, ''), path: at, rest: rest.join(' ')}];
	});
	const [command = {path: '', texts: []}, own = command] = lists;
	const last = own.texts.length > 0 || command.texts.length === 0 ? own : command;
	return {name, workload, arguments: args, nextPath: index => `${last.path}[${last.texts.length + index}]`};
}

/** The argument that counts: of several with one flag the last. */
export const argumentOf = (program: Program, flag: string): Argument | undefined => program.arguments.findLast(each => each.flag === flag);
