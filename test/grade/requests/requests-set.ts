import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {systemClock} from '../../../src/core/clock.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import {connect} from '../../../src/mcp/kubernetes/client/connect.ts';
import {mergeKubeconfigs} from '../../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import {parseKubeconfig} from '../../../src/mcp/kubernetes/kubeconfig/parse-kubeconfig.ts';
import type {Grade, GradeChoice} from '../grade-set.ts';
import {ask} from './ask.ts';
import {effectsOf, type Server} from './judging/effect.ts';
import type {Verdict} from './judging/judge-plan.ts';
import {judgeRequest} from './judging/judge-request.ts';
import {type Request, type RequestSet, readRequests} from './request.ts';
import {embeddedWorld} from './world/embedded-world.ts';
import type {World} from './world/world.ts';

type Judged = {readonly request: Request; readonly verdict: Verdict};

/**
 * Asks every request of the set through the whole product, without a model, on a cluster that holds the set's world: an embedded one, or a
 * real control plane. What the cluster cannot show is left out.
 */
export async function requestsSet(folder: string, {family, id, isReal = false}: GradeChoice = {}): Promise<Grade> {
	const set = readRequests(folder);
	const chosen = set.requests.filter(
		request => (family === undefined || request.family === family) && (id === undefined || request.id === id),
	);
	const world = isReal ? await (await import('./world/real-world.ts')).realWorld(set) : await embeddedWorld(set);
	try {
		const asked = chosen.filter(({needs}) => needs.every(need => world.provides.has(need)));
		return gradeOf(await judgeAll(asked, set, world), [
			`${chosen.length - asked.length} were left out`,
			...world.lacks.map(lack => `the cluster lacks ${lack}`),
		]);
	} finally {
		await world.stop();
	}
}

async function judgeAll(requests: readonly Request[], set: RequestSet, world: World): Promise<readonly Judged[]> {
	const place = mkdtempSync(join(tmpdir(), 'mkcoa-grade-'));
	const kubeconfig = join(place, 'kubeconfig');
	writeFileSync(kubeconfig, world.kubeconfig);
	const home = process.cwd();
	const {server, close} = await serverOf(world);
	process.chdir(set.inputs);
	try {
		const judged: Judged[] = [];
		for (const request of requests) judged.push({request, verdict: await judgeOne(request, {set, world, server, kubeconfig})});
		return judged;
	} finally {
		process.chdir(home);
		await close();
		rmSync(place, {recursive: true, force: true});
	}
}

type Around = {readonly set: RequestSet; readonly world: World; readonly server: Server; readonly kubeconfig: string};

async function judgeOne(request: Request, {set, world, server, kubeconfig}: Around): Promise<Verdict> {
	try {
		const {result, left} = await ask(request.text, {kubeconfig, environment: set.environment});
		const written = world.written();
		const effects = await effectsOf(result.outcomes, server);
		return judgeRequest(request, {result, effects, left, written}, set.secrets);
	} catch (error) {
		return {wrong: [`could not be asked: ${error instanceof Error ? error.message : String(error)}`], unsafe: []};
	}
}

/** The cluster as the judge asks it, through a connection of its own. */
async function serverOf({kubeconfig}: World): Promise<{readonly server: Server; readonly close: () => Promise<void>}> {
	const {cluster, close} = await connect({
		kubeconfig: mergeKubeconfigs([{path: 'world', parsed: parseKubeconfig(kubeconfig, 'world')}]),
		clock: systemClock(),
		environment: {},
		interactive: false,
		learn() {},
		warn() {},
	});
	return {
		close,
		server: {
			get: cluster.get,
			async dryRun(write) {
				try {
					const answer = await cluster.dryRun(write);
					if (answer.computed === 'server') return answer.after;
					return answer.computed === 'conflict' ? answer.message : answer.reason;
				} catch (error) {
					if (error instanceof MkcoaError) return error.message;
					throw error;
				}
			},
		},
	};
}

function gradeOf(judged: readonly Judged[], notes: readonly string[]): Grade {
	const isRight = ({verdict}: Judged) => verdict.wrong.length + verdict.unsafe.length === 0;
	const wrong = judged.filter(each => !isRight(each));
	const counted = (nameOf: (request: Request) => string) =>
		Object.fromEntries(
			[...Map.groupBy(judged, ({request}) => nameOf(request))].map(([name, some]) => [
				name,
				{right: some.filter(isRight).length, total: some.length},
			]),
		);
	return {
		right: judged.length - wrong.length,
		total: judged.length,
		unsafe: judged.filter(({verdict}) => verdict.unsafe.length > 0).length,
		by: {language: counted(({lang}) => lang), family: counted(({family}) => family)},
		misses: wrong.map(({request, verdict}) => ({
			case: `${request.id}${verdict.unsafe.length > 0 ? ' (unsafe)' : ''}: ${request.text}`,
			expected: JSON.stringify(request.expect),
			got: [...new Set([...verdict.wrong, ...verdict.unsafe])].join('; '),
		})),
		published: {},
		notes,
	};
}
