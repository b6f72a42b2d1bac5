import {mkdtemp, rm} from 'node:fs/promises';
import {Agent} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll} from 'vitest';
import {type Answer, type Question, request} from '../servers/request.ts';
import {until} from '../servers/until.ts';
import type {Ran} from '../support/host.ts';
import {type Audited, auditedRequests, writes} from './audit.ts';
import {type Answered, commandLineOn, printedOn, type Words} from './command-line.ts';
import {type ControlPlane, type ControlPlaneOptions, startControlPlane} from './start.ts';

type Body = {readonly metadata: object; readonly [field: string]: unknown};

/** A control plane for all tests of one file, and what its tests ask of it again and again. Everything but mkcoa acts as the admin. */
export type OnePlane = {
	readonly plane: () => ControlPlane;
	/** Home of the user whose journal and waiting plans outlast one call. */
	readonly folder: () => string;
	/** `mkcoa WORDS… -n shop --json --yes` */
	readonly mkcoa: (words: Words, input?: string) => Promise<Answered>;
	/** `mkcoa WORDS…` as people read it in a pipe; nobody says yes. */
	readonly printed: (words: Words, input?: string) => Promise<Ran>;
	readonly ask: (question: Question) => Promise<Answer>;
	/** The object at a path, whatever was answered. */
	readonly read: (path: string) => Promise<unknown>;
	/** Creates in the namespace shop, or where the path says. @throws with the answer when it is no 201 */
	readonly create: (path: string, object: Body) => Promise<unknown>;
	/** Merges into what stands at a path, as a person would with kubectl. @throws with the answer when it is no 200 */
	readonly merge: (path: string, change: object) => Promise<unknown>;
	readonly remove: (path: string) => Promise<Answer>;
	/** Asks again until the answer is right, up to 40 seconds. */
	readonly answered: (question: Question, isRight: (answer: Answer) => boolean) => Promise<Answer>;
	/** Waits until the object at a path is right, up to 40 seconds. */
	readonly eventually: (path: string, isRight: (object: unknown) => boolean) => Promise<unknown>;
	/** Waits until nothing stands at a path. */
	readonly gone: (path: string) => Promise<unknown>;
	/** Requests to change something, oldest first, after the first so many. Those under way are among them, without a code. */
	readonly written: (since?: number) => readonly Audited[];
};

const json = ({text}: Answer): unknown => JSON.parse(text);

/** Call it at the top of a file of tests: it starts before the first of them and ends after the last. */
export function onePlane(options: ControlPlaneOptions = {}): OnePlane {
	let started: ControlPlane | undefined;
	const plane = () => {
		if (started === undefined) throw new Error('the control plane did not start');
		return started;
	};
	let folder = '';
	// A new connection for each look is most of what a look costs, and tests look many times a second.
	const agent = new Agent({keepAlive: true});
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'mkcoa-flow-'));
		started = await startControlPlane(options);
	});
	afterAll(async () => {
		agent.destroy();
		await started?.stop();
		await rm(folder, {recursive: true, force: true});
	});
	const endpoint = () => ({url: plane().url, ca: plane().ca, token: plane().tokens.admin, agent});
	const ask = (question: Question) => request(endpoint(), question);
	const answered: OnePlane['answered'] = (question, isRight) => until(endpoint(), question, isRight, {signal: plane().signal});
	const expectStatus = async (status: number, question: Question) => {
		const answer = await ask(question);
		if (answer.status !== status) throw new Error(`${question.method} ${question.path}: ${answer.status} ${answer.text}`);
		return json(answer);
	};
	return {
		plane,
		folder: () => folder,
		mkcoa: (words, input) => commandLineOn(plane().kubeconfig, folder)(words, input),
		printed: (words, input) => printedOn(plane().kubeconfig, folder)(words, input),
		ask,
		read: async path => json(await ask({path})),
		create: (path, object) => {
			const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1];
			const metadata = {...object.metadata, ...(namespace === undefined ? {} : {namespace})};
			return expectStatus(201, {method: 'POST', path, body: {...object, metadata}});
		},
		merge: (path, body) => expectStatus(200, {method: 'PATCH', path, body, headers: {'content-type': 'application/merge-patch+json'}}),
		remove: path => ask({method: 'DELETE', path}),
		answered,
		eventually: async (path, isRight) => json(await answered({path}, answer => answer.status === 200 && isRight(json(answer)))),
		gone: path => answered({path}, ({status}) => status === 404),
		written: (since = 0) => writes(auditedRequests(plane().auditLog)).slice(since),
	};
}
