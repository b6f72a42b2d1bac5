import type {Images} from '../../cluster/kubelet/pod-view.ts';
import {seedNode} from '../../servers/seeds.ts';
import type {Grade, GradeSet} from '../grade-set.ts';
import {faultsGrade, quietWrong, wrongIn} from './faults-grade.ts';
import {playAll} from './play-all.ts';
import {type FaultSet, readSet} from './read-set.ts';
import type {Stand} from './run-case.ts';

/** The one node that the cases stand on. */
const node = seedNode('node-0', {size: {cpu: '32', memory: '256Gi', pods: '500', 'ephemeral-storage': '500Gi'}});

const say = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * Breaks small applications on a real control plane, one fault each, and lets `mkcoa incident` find and remedy them; or proves the cases
 * themselves, without mkcoa.
 * @param images what becomes of pods; a set that knows no kubelet has all of them ready
 */
export const faultsSet =
	(images: Images): GradeSet =>
	async (folder, {only, isFixed = true, isVerified = false} = {}) => {
		const set = readSet(folder, only);
		for (const name of set.others) say(`${name} holds no case`);
		for (const {name, why} of set.unreadable) say(`${name} cannot be read: ${why}`);
		if (set.cases.length + set.quiet.length === 0) return faultsGrade({...set, cases: [], quiet: []});
		const {onPlane} = await import('./on-plane.ts');
		return onPlane({images, nodes: [node]}, stand => (isVerified ? verified({...stand, say}, set) : graded({...stand, say, isFixed}, set)));
	};

/** Tells of each case when it is over. */
function teller({cases, quiet}: FaultSet) {
	let done = 0;
	return (name: string, what: string) => say(`${++done}/${cases.length + quiet.length} ${name}: ${what}`);
}

async function graded(stand: Stand, set: FaultSet): Promise<Grade> {
	const [{runCase}, {runQuiet}] = await Promise.all([import('./run-case.ts'), import('./run-quiet.ts')]);
	const tell = teller(set);
	const cases = await playAll(stand.api, set.cases, async fault => {
		const result = await runCase(stand, fault);
		tell(fault.name, wrongIn(result).join('; ') || 'right');
		return result;
	});
	const quiet = await playAll(stand.api, set.quiet, async cluster => {
		const result = await runQuiet(stand, cluster);
		tell(cluster.name, quietWrong(result).join('; ') || 'quiet');
		return result;
	});
	return faultsGrade({...set, cases, quiet});
}

/** Whether the cases are as they say, whatever mkcoa makes of them. */
async function verified(stand: Omit<Stand, 'isFixed'>, set: FaultSet): Promise<Grade> {
	const [{runQuiet}, {verifyCase}] = await Promise.all([import('./run-quiet.ts'), import('./verify-case.ts')]);
	const {api, signal} = stand;
	const tell = teller(set);
	const wrong: {readonly name: string; readonly why: string}[] = [...set.unreadable];
	const note = (name: string, why: string) => {
		wrong.push({name, why});
		tell(name, why);
	};
	await playAll(api, set.cases, async fault => {
		try {
			tell(fault.name, await verifyCase(api, fault, signal));
		} catch (error) {
			signal.throwIfAborted();
			note(fault.name, error instanceof Error ? error.message : String(error));
		}
	});
	const nobody = {detect: async () => [], fix: async () => ({told: '', isChosen: false})};
	await playAll(api, set.quiet, async cluster => {
		const {broken} = await runQuiet({...stand, tool: nobody}, cluster);
		if (broken === undefined) tell(cluster.name, 'comes to rest');
		else note(cluster.name, broken);
	});
	const total = set.cases.length + set.quiet.length + set.unreadable.length;
	const misses = wrong.map(({name, why}) => ({case: name, expected: 'a case that is as it says', got: why}));
	return {right: total - misses.length, total, misses, published: {}};
}
