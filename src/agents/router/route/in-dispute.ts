import type {Clause} from '../clause.ts';
import type {Call, Understanding} from '../understanding.ts';
import {isChanging} from './is-changing.ts';

type Reading = readonly Understanding[];

const saidOf = (reading: Reading) => reading.flatMap(one => (one.kind === 'calls' ? [one.said] : [])).join('; ');

const kinds: {readonly [tool: string]: string} = {configmap_update: 'configmap', node_cordon: 'node', node_drain: 'node'};

/** The object that a call acts on; undefined of what is made. */
function objectOf({tool, input}: Call): string | undefined {
	if (tool === 'resource_apply' || tool === 'secret_manage') return undefined;
	const object = input.workload ?? `${kinds[tool] ?? input.kind}/${input.node ?? input.name}`;
	return `${input.namespace ?? ''}/${object}`.toLowerCase();
}

const objectsOf = (reading: Reading): ReadonlySet<string> =>
	new Set(reading.flatMap(one => (one.kind === 'calls' ? one.calls.filter(isChanging).flatMap(call => objectOf(call) ?? []) : [])));

const hasOther = (these: ReadonlySet<string>, those: ReadonlySet<string>) => [...these].some(one => !those.has(one));

/** The question that stands instead of a plan where another reading of the same words acts on other objects: not on fewer or more, on others. */
export function inDispute({language}: Clause, chosen: Reading, other: Reading): Understanding | undefined {
	const [these, those] = [objectsOf(chosen), objectsOf(other)];
	if (!hasOther(these, those) || !hasOther(those, these)) return undefined;
	const readings = [saidOf(chosen), saidOf(other)];
	return {
		kind: 'question',
		text:
			language === 'ko'
				? `두 가지로 읽힙니다: (1) ${readings[0]} (2) ${readings[1]}. 어느 쪽인가요?`
				: `This can be read in two ways: (1) ${readings[0]}; (2) ${readings[1]}. Which one is meant?`,
		choices: [],
	};
}

/** Whether two readings act on the same objects. */
export function actAlike(one: Reading, other: Reading): boolean {
	const [these, those] = [objectsOf(one), objectsOf(other)];
	return !hasOther(these, those) && !hasOther(those, these);
}
