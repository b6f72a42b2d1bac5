import type {Clause} from '../clause.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import type {World} from '../world.ts';
import {isQuestion, podKinds, targetsIn} from './targets.ts';

const joints = /,\s*(?:and\s+)?|\s+(?:and|then)\s+|(?<=[가-힣](?:고|하고|와|과|랑)),?\s+|\s+그리고\s+/;
const value = /\d|=|\b(?:doubl|tripl|halv|half|twice|zero)|절반|배로/i;

/** `its sidecar to 1.4.2`: a version of its own. Amounts are not cut so: `its limit to 2` takes the resource from before. */
const possessive = /\b(?:its|it|their|them)\b/i;
const version = /\b\d+\.\d+\.\d+/;

/**
 * `scale web to 4 and api to 5` is one order with two objects and two values: each part is an order of its own, with the verb of the whole.
 * One part: the clause wants one thing.
 */
async function partsOf(clause: Clause, world: World, talk: Talk): Promise<readonly Clause[]> {
	const parts = cut(clause);
	if (parts.length === 1) return parts;
	return (await isEachNamed(parts, world, talk, text => version.test(text))) ? parts : [clause];
}

/** Whether each part names its object, or is about what belongs to the one before. */
async function isEachNamed(parts: readonly Clause[], world: World, talk: Talk, mayLean: (text: string) => boolean): Promise<boolean> {
	const alone = {...talk, clauses: [], index: 0};
	for (const [at, part] of parts.entries()) {
		const targets = await targetsIn({clause: part, world, talk: alone}, podKinds);
		const isNamed = isQuestion(targets) || targets.length > 0;
		if (!isNamed && !(at > 0 && mayLean(part.text) && possessive.test(part.text))) return false;
	}
	return true;
}

/** The parts between commas and "and", if each has a value, with the verb that they share. */
function cut(clause: Clause): readonly Clause[] {
	const texts = clause.text.split(joints).filter(text => text.trim() !== '');
	if (texts.length < 2 || !texts.every(text => value.test(text))) return [clause];
	const verb = clause.language === 'en' ? `${clause.words[0]?.raw ?? ''} ` : '';
	const ending = clause.language === 'ko' ? ` ${clause.text.trim().split(/\s+/).at(-1) ?? ''}` : '';
	return texts.map((text, at) => clauseOf(`${at === 0 ? '' : verb}${text}${at === texts.length - 1 ? '' : ending}`));
}

/** The intent, for each part of a clause that has an object and a value of its own. A part that is not understood leaves the whole to others. */
export const perPart = (intent: Intent): Intent => ({
	...intent,
	async understand(clause, world, talk) {
		const parts = await partsOf(clause, world, talk);
		if (parts.length === 1) return intent.understand(clause, world, talk);
		const understood = await eachPart(parts, [intent], world, talk);
		return 'stopped' in understood ? understood.stopped : joined(understood.calls);
	},
});

type Calls = Extract<Understanding, {kind: 'calls'}>;
type Each = {readonly calls: readonly Calls[]; readonly names: ReadonlySet<string>} | {readonly stopped: Understanding | undefined};

/** What each part means to the first of the intents that knows it; stopped at one that is no order. */
async function eachPart(parts: readonly Clause[], intents: readonly Intent[], world: World, talk: Talk): Promise<Each> {
	const clauses = [...talk.clauses.slice(0, talk.index), ...parts];
	const calls: Calls[] = [];
	const names = new Set<string>();
	for (const [at, part] of parts.entries()) {
		const found = await firstOf(intents, part, world, {...talk, clauses, index: talk.index + at, earlier: [...talk.earlier, ...calls]});
		if (found?.understood.kind !== 'calls') return {stopped: found?.understood};
		calls.push(found.understood);
		names.add(found.name);
	}
	return {calls, names};
}

async function firstOf(intents: readonly Intent[], clause: Clause, world: World, talk: Talk) {
	for (const {name, understand} of intents) {
		const understood = await understand(clause, world, talk);
		if (understood !== undefined) return {name, understood};
	}
	return undefined;
}

const joined = (calls: readonly Calls[]): Calls => ({
	kind: 'calls',
	said: calls.map(({said}) => said).join('; '),
	calls: calls.flatMap(found => found.calls),
});

/** `set web to 4 replicas and its memory limit to 1Gi`: parts that belong to several of the intents. One intent alone reads them better together. */
export const mixed = (intents: readonly Intent[]): Intent => ({
	name: 'mixed',
	async understand(clause, world, talk) {
		const parts = cut(clause);
		if (parts.length < 2 || !(await isEachNamed(parts, world, talk, () => true))) return undefined;
		const understood = await eachPart(parts, intents, world, talk);
		return 'stopped' in understood || understood.names.size < 2 ? undefined : joined(understood.calls);
	},
});
