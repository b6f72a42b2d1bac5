import * as z from 'zod';
import {stripControl} from '../../core/text/strip-control.ts';
import type {Hosting} from './hosting.ts';
import type {PullRequest} from './port.ts';

/** One request. Rejects with the error of the network. */
export type Send = (request: {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'POST';
	readonly headers: {readonly [name: string]: string};
	readonly body?: string;
	readonly signal: AbortSignal;
}) => Promise<{readonly statusCode: number; readonly body: AsyncIterable<Uint8Array>}>;

export type MergeWish = {readonly branch: string; readonly into: string; readonly title: string; readonly body: string};

const patienceMs = 30_000;
const mostBytes = 4 * 1024 * 1024;

/** GitHub takes 65,536 characters; what is longer stands in the commit. */
const mostCharacters = 60_000;

/**
 * Asks the hosting service to merge a branch, or finds the request that was made before. The branch is pushed already, so a failure is told and
 * is none of the run.
 * @see https://docs.github.com/rest/pulls/pulls#create-a-pull-request
 * @see https://docs.gitlab.com/api/merge_requests/#create-mr
 */
export async function requestMerge(
	hosting: Hosting,
	wish: MergeWish,
	{send, signal}: {readonly send: Send; readonly signal: AbortSignal},
): Promise<PullRequest> {
	const {post, list} = (hosting.kind === 'github' ? onGithub : onGitlab)(hosting, {...wish, body: wish.body.slice(0, mostCharacters)});
	try {
		const made = await ask(hosting, {send, signal}, post.path, post.body);
		const url = urlOf(made.json);
		if (made.status === 201 && url !== undefined) return {url};
		if (made.status === 422 || made.status === 409) {
			const [earlier] = z
				.array(z.unknown())
				.catch([])
				.parse((await ask(hosting, {send, signal}, list)).json);
			const known = urlOf(earlier);
			if (known !== undefined) return {url: known};
		}
		return {why: `${new URL(hosting.api).host} answered HTTP ${made.status}${wordsOf(made.json)}`};
	} catch (error) {
		signal.throwIfAborted();
		return {why: `${new URL(hosting.api).host} cannot be reached: ${error instanceof Error ? error.message : 'the connection failed'}`};
	}
}

const onGithub = ({project}: Hosting, {branch, into, title, body}: MergeWish) => ({
	post: {path: `/repos/${project}/pulls`, body: {title, head: branch, base: into, body}},
	list: `/repos/${project}/pulls?state=open&head=${encodeURIComponent(`${project.split('/')[0]}:${branch}`)}`,
});

const onGitlab = ({project}: Hosting, {branch, into, title, body}: MergeWish) => ({
	post: {
		path: `/projects/${encodeURIComponent(project)}/merge_requests`,
		body: {title, source_branch: branch, target_branch: into, description: body},
	},
	list: `/projects/${encodeURIComponent(project)}/merge_requests?state=opened&source_branch=${encodeURIComponent(branch)}`,
});

const page = z.object({html_url: z.url().optional(), web_url: z.url().optional()});

const urlOf = (answer: unknown) => {
	const read = page.safeParse(answer);
	return read.success ? (read.data.html_url ?? read.data.web_url) : undefined;
};

function wordsOf(answer: unknown): string {
	const read = z.object({message: z.union([z.string(), z.array(z.string())])}).safeParse(answer);
	return read.success ? `: ${stripControl([read.data.message].flat().join(', ')).slice(0, 200)}` : '';
}

type Asking = {readonly send: Send; readonly signal: AbortSignal};

async function ask({kind, api, token}: Hosting, {send, signal}: Asking, path: string, body?: object) {
	const url = new URL(`${api}${path}`);
	const identity = kind === 'github' ? {authorization: `Bearer ${token}`} : {'private-token': token};
	const answer = await send({
		origin: url.origin,
		path: `${url.pathname}${url.search}`,
		method: body === undefined ? 'GET' : 'POST',
		headers: {...identity, accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'mkcoa'},
		...(body === undefined ? {} : {body: JSON.stringify(body)}),
		signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
	});
	return {status: answer.statusCode, json: parsed(await text(answer.body))};
}

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > mostBytes) throw new Error(`its answer is larger than ${mostBytes / 1024 / 1024} MiB`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
