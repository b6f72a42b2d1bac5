import {once} from 'node:events';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {json} from 'node:stream/consumers';
import {z} from 'zod';
import {makeCertificate} from '../support/certificates.ts';

const Review = z.object({
	request: z.object({
		uid: z.string(),
		operation: z.string(),
		dryRun: z.boolean().optional(),
		name: z.string().optional(),
		object: z.unknown(),
	}),
});
export type Asked = z.infer<typeof Review>['request'] & {readonly path: string};

/** What the webhook says to one review. `silent` answers nothing until the server gives up; `broken` answers 500. */
export type Verdict =
	| {readonly allowed: true; readonly patch?: readonly object[]; readonly warnings?: readonly string[]}
	| {readonly allowed: false; readonly message: string}
	| 'silent'
	| 'broken';

export type Webhook = {
	/** For `webhooks[].clientConfig`: one path for each behaviour. */
	readonly clientConfig: (path: string) => {readonly url: string; readonly caBundle: string};
	/** Every review so far, oldest first. */
	readonly asked: readonly Asked[];
	readonly close: () => Promise<void>;
};

/** An admission webhook on a free loopback port, with a certificate of an authority of its own. */
export async function startWebhook(judge: (asked: Asked) => Verdict): Promise<Webhook> {
	const authority = makeCertificate('webhook authority');
	const {cert, key} = makeCertificate('webhook', {issuer: authority.issuer});
	const asked: Asked[] = [];
	const server = createServer({cert, key}, async (incoming, response) => {
		const {request} = Review.parse(await json(incoming));
		const one = {...request, path: incoming.url ?? ''};
		asked.push(one);
		const verdict = judge(one);
		if (verdict === 'silent') return;
		if (verdict === 'broken') return void response.writeHead(500).end();
		const answer = {uid: request.uid, ...answerOf(verdict)};
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer}));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A server that listens on an address has one; its type allows for pipes too.
	const {port} = server.address() as AddressInfo;
	return {
		clientConfig: path => ({url: `https://127.0.0.1:${port}${path}`, caBundle: Buffer.from(authority.cert).toString('base64')}),
		asked,
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

function answerOf(verdict: Exclude<Verdict, string>) {
	if (!verdict.allowed) return {allowed: false, status: {code: 403, message: verdict.message}};
	const {patch, warnings} = verdict;
	const change = patch === undefined ? {} : {patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64')};
	return {allowed: true, ...change, ...(warnings === undefined ? {} : {warnings})};
}
