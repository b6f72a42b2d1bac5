import type {Clock} from '../../src/core/clock.ts';
import type {JournalReader} from '../../src/core/journal.ts';
import {canonicalJson, type Json} from '../../src/core/json.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import type {Consequence, Draft} from '../../src/core/plan.ts';
import type {Road} from '../../src/core/road/road.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import {sealDraft} from '../../src/core/secrets/seal.ts';
import type {AnyTool, Context} from '../../src/core/tool.ts';
import type {Cluster} from '../../src/mcp/kubernetes/port.ts';
import type {FakeCluster} from './fake-cluster.ts';
import {manualClock} from './manual-clock.ts';
import {memoryRoad, type Trail} from './memory-road.ts';

type Ports = {readonly cluster: Cluster; readonly journal: JournalReader};
/** A change tool on the cluster, or on the journal too. */
type Tool = AnyTool<{readonly cluster: Cluster}> | AnyTool<Ports>;

/** The journal of a road, as `undo` reads it. */
export const readerOf = ({entries, effects}: Trail): JournalReader => ({
	list: async limit => entries.toReversed().slice(0, limit),
	entry: async id => entries.find(entry => entry.id === id),
	effects: async id => effects.get(id) ?? [],
	sealed: async () => ({}),
	outcome: async () => undefined,
});

export const noJournal: JournalReader = {
	list: async () => [],
	entry: async () => undefined,
	effects: async () => [],
	sealed: async () => ({}),
	outcome: async () => undefined,
};

/**
 * Plans twice, as `runTool` does for every change. Throws when the two plans differ, or when planning wrote anything.
 * Answers the draft, secrets taken out.
 */
export async function rehearse(tool: Tool, input: object, fake: FakeCluster, journal = noJournal): Promise<Draft> {
	if (tool.effect === 'read') throw new Error(`${tool.name} changes nothing`);
	const context: Context<Ports> = {
		ports: {cluster: fake.cluster, journal},
		clock: manualClock(),
		signal: new AbortController().signal,
		emit: () => {},
		holder: 'alice@here/1',
		holderDied: () => false,
	};
	const writes = () => fake.calls.filter(call => call.startsWith('send')).length;
	const earlier = writes();
	const parsed = tool.input.parse(input);
	const first = sealDraft(await tool.plan(parsed, context)).draft;
	const second = sealDraft(await tool.plan(parsed, context)).draft;
	if (canonicalJson(first as unknown as Json) !== canonicalJson(second as unknown as Json))
		throw new Error('planning twice gave two plans');
	if (writes() !== earlier) throw new Error(`planning wrote: ${fake.calls.join(', ')}`);
	tool.resolved.parse(first.input);
	return first;
}

/** Takes the whole road with a person who says yes. */
export async function carryOut(
	tool: Tool,
	input: object,
	fake: FakeCluster,
	{road: change = {}, journal = noJournal}: {readonly road?: Partial<Road<Ports>>; readonly journal?: JournalReader} = {},
): Promise<{readonly outcome: AnyOutcome; readonly trail: Trail}> {
	const {road, trail} = memoryRoad<Ports>({cluster: fake.cluster, journal}, fake.effector, {target: fake.cluster.target, ...change});
	// A tool that wants the cluster alone takes more without harm.
	return {outcome: await runTool(tool as AnyTool<Ports>, input, road), trail};
}

/** Consequences as `severity id: text`. */
export const told = (consequences: readonly Consequence[]) => consequences.map(({severity, id, text}) => `${severity} ${id}: ${text}`);

/** A clock on which every wait is over at once, though its time passes: what is due first comes first. */
export function hastyClock(): Clock {
	let now = Date.UTC(2026, 0, 1);
	let timers: {readonly at: number; readonly run: () => void}[] = [];
	let isRunning = false;
	const runNext = () => {
		const due = timers.toSorted((one, other) => one.at - other.at)[0];
		isRunning = due !== undefined;
		if (due === undefined) return;
		timers = timers.filter(other => other !== due);
		now = Math.max(now, due.at);
		due.run();
		setImmediate(runNext);
	};
	return {
		now: () => now,
		schedule(delayMs, run) {
			const timer = {at: now + delayMs, run};
			timers.push(timer);
			if (!isRunning) setImmediate(runNext);
			isRunning = true;
			return () => {
				timers = timers.filter(other => other !== timer);
			};
		},
	};
}
