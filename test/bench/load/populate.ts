import {Pool} from 'undici';
import type {Endpoint} from '../../servers/request.ts';
import {podName, podOf, podStatus} from './pod.ts';

/** Requests that are open at one time. */
const width = 24;

export type Load = {
	readonly pods: number;
	readonly namespaces: number;
	/** JSON of one pod as the server stores it. */
	readonly podBytes: number;
};

type Send = (method: string, path: string, body: object) => Promise<{readonly status: number; readonly text: string}>;

/** Connections that stay open: 20,000 handshakes would take longer than the work. */
function sender({url, ca, token}: Endpoint) {
	const pool = new Pool(url, {connections: width, connect: {ca}});
	const send: Send = async (method, path, body) => {
		const {statusCode, body: answer} = await pool.request({
			method,
			path,
			headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
			body: JSON.stringify(body),
		});
		return {status: statusCode, text: await answer.text()};
	};
	return {send, close: () => pool.close()};
}

/**
 * Fills a cluster with running pods, so many a namespace (`load-00` …), each created and then given its status, as a
 * kubelet does. What they name is there: settings and Secrets in each namespace, and Services that stand for hosts elsewhere.
 * @throws with the server's answer when one is refused
 */
export async function populate(endpoint: Endpoint, pods: number, say: (line: string) => void, podsPerNamespace: number): Promise<Load> {
	const {send, close} = sender(endpoint);
	const namespaceOf = (index: number) => `load-${String(Math.floor(index / podsPerNamespace)).padStart(2, '0')}`;
	const namespaces = Math.ceil(pods / podsPerNamespace);
	for (const outside of outsides) await outsideService(send, outside);
	for (let index = 0; index < pods; index += podsPerNamespace) await prepareNamespace(send, namespaceOf(index));
	let podBytes = 0;
	await eachAtOnce(pods, async index => {
		const namespace = namespaceOf(index);
		const name = podName(index);
		const path = `/api/v1/namespaces/${namespace}/pods`;
		const pod = podOf(namespace, name);
		await created(send('POST', path, pod));
		// A status is written with the metadata: what is left out of it is gone.
		podBytes = (await created(send('PUT', `${path}/${name}/status`, {...pod, status: podStatus(index)}))).length;
		if (index % 1000 === 999) say(`${index + 1} of ${pods} pods created`);
	});
	await close();
	return {pods, namespaces, podBytes};
}

/** @param accepted status of an answer that is no failure either */
async function created(answering: ReturnType<Send>, accepted?: number): Promise<string> {
	const {status, text} = await answering;
	if (status >= 300 && status !== accepted) throw new Error(`the server answered ${status}: ${text.slice(0, 500)}`);
	return text;
}

/** Services that the pods are told of. */
const outsides = [
	{namespace: 'databases', name: 'checkout-primary', port: 5432},
	{namespace: 'observability', name: 'collector', port: 4317},
] as const;

async function outsideService(send: Send, {namespace, name, port}: (typeof outsides)[number]): Promise<void> {
	await created(send('POST', '/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}));
	await created(
		send('POST', `/api/v1/namespaces/${namespace}/services`, {
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name},
			spec: {type: 'ExternalName', externalName: `${name}.example.com`, ports: [{port}]},
		}),
	);
}

/** Pods are refused until the namespace has its service account, which a controller makes too. */
async function prepareNamespace(send: Send, name: string): Promise<void> {
	await created(send('POST', '/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name}}));
	const account = {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default'}};
	await created(send('POST', `/api/v1/namespaces/${name}/serviceaccounts`, account), 409);
	const settings = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'checkout-config'}, data: {'config.yaml': '{}'}};
	await created(send('POST', `/api/v1/namespaces/${name}/configmaps`, settings));
	const secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'checkout-database'}, stringData: {login: 'nobody-knows'}};
	await created(send('POST', `/api/v1/namespaces/${name}/secrets`, secret));
}

async function eachAtOnce(count: number, work: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < count; index = next++) await work(index);
	};
	await Promise.all(Array.from({length: width}, worker));
}
