import type {Event} from '../../src/core/event.ts';
import type {AuditRecord, Journal, JournalEntry, JournaledEffect} from '../../src/core/journal.ts';
import type {Json} from '../../src/core/json.ts';
import type {MadePlan, Road} from '../../src/core/road/road.ts';
import {createRedactor} from '../../src/core/secrets/redact.ts';
import type {Effector} from '../../src/core/tool.ts';
import {manualClock} from './manual-clock.ts';

/** What a road left behind: the journal, the audit log, waiting plans and events, all in memory. */
export type Trail = {
	readonly entries: JournalEntry[];
	readonly effects: Map<string, JournaledEffect[]>;
	readonly audit: AuditRecord[];
	readonly waiting: (MadePlan & {readonly id: string})[];
	readonly events: Event[];
	readonly kept: MadePlan[];
};

const target = {context: 'test', cluster: 'https://127.0.0.1:1', clusterId: 'cluster-1', identity: 'alice'};

function memoryJournal(trail: Trail): Journal {
	const list = (id: string) => trail.effects.get(id) ?? [];
	return {
		async open({plan, digest, approval}) {
			const id = `j${trail.entries.length + 1}`;
			trail.entries.push({id, startedAt: '2026-01-01T00:00:00Z', plan, digest, approval});
			return id;
		},
		async resume(id) {
			const at = trail.entries.findIndex(entry => entry.id === id);
			const {outcome, ...entry} = trail.entries[at] ?? {};
			if (outcome === 'done' || !('plan' in entry)) throw new Error('nothing to resume');
			trail.entries[at] = entry;
		},
		async intend(id, effect) {
			trail.effects.set(id, [...list(id).filter(({index}) => index !== effect.index), {...effect, state: 'intended'}]);
		},
		async complete(id, index, {after, error}) {
			trail.effects.set(
				id,
				list(id).map(effect =>
					effect.index === index ? {...effect, state: error === undefined ? 'done' : 'failed', after, error} : effect,
				),
			);
		},
		async close(id, outcome) {
			const at = trail.entries.findIndex(entry => entry.id === id);
			const entry = trail.entries[at];
			if (entry !== undefined) trail.entries[at] = {...entry, outcome: outcome.kind};
		},
	};
}

/** A road whose person says yes, with everything in memory. `change` replaces what a test is about. */
export function memoryRoad<Ports>(
	ports: Ports,
	effector: Effector,
	change: Partial<Road<Ports>> = {},
): {readonly road: Road<Ports>; readonly trail: Trail} {
	const trail: Trail = {entries: [], effects: new Map(), audit: [], waiting: [], events: [], kept: []};
	const redactor = createRedactor();
	const road: Road<Ports> = {
		ports,
		effector,
		target: async namespace => ({...target, ...(namespace === undefined ? {} : {namespace})}),
		judge: async () => ({answer: 'ask', why: 'every change is asked for', yes: true}),
		confirm: async () => ({kind: 'approve'}),
		journal: memoryJournal(trail),
		waiting: {
			async save(plan, digest, sealed) {
				const id = `w${trail.waiting.length + 1}`;
				trail.waiting.push({id, plan, digest, sealed});
				return id;
			},
			find: async id => trail.waiting.find(plan => plan.id === id),
			list: async () => [],
			close: async () => {},
			answer: async () => undefined,
		},
		audit: {append: async record => void trail.audit.push(record)},
		redact: <Value extends Json | undefined>(value: Value) => redactor.json(value),
		known: redactor.known,
		clock: manualClock(),
		signal: new AbortController().signal,
		emit: event => void trail.events.push(event),
		mode: 'run',
		keep: async made => void trail.kept.push(made),
		yes: false,
		by: 'alice',
		holder: 'alice@here/1',
		holderDied: () => false,
		...change,
	};
	return {road, trail};
}
