/** What a guardian is told. JSON: it stands in the environment of its container, and holds no secret. */
export type GuardianOrders = {
	/** Path of the Lease below the API server. */
	readonly lease: string;
	readonly record: string;
	/** Patches that bring the stable version back to all of its traffic and pods. */
	readonly restores: readonly {readonly path: string; readonly type: string; readonly body: string}[];
	/** A Lease that was not renewed for so long has run out: its own duration and some grace. */
	readonly afterMs: number;
	readonly everyMs: number;
};

/** Where its API server is, and how it signs in. */
export type GuardianPlace = {readonly server: string; readonly token: () => string; readonly say: (text: string) => void};

/**
 * Watches the Lease of a rollout, and gives the traffic back to the stable version when nobody renews it any more. Ends when the Lease is gone.
 * It runs in the cluster as text (`guardianProgram`), so it uses nothing from outside of itself but what Node has.
 * @returns `over` when the rollout ended by itself, `restored` when it had to help
 */
export async function guard(orders: GuardianOrders, place: GuardianPlace): Promise<'over' | 'restored'> {
	const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));
	const ask = async (method: string, path: string, body?: string, type = 'application/merge-patch+json') => {
		const content = body === undefined ? {} : {body};
		const headers = {authorization: `Bearer ${place.token()}`, accept: 'application/json', 'content-type': type};
		const answer = await fetch(place.server + path, {method, headers, ...content, signal: AbortSignal.timeout(10_000)});
		const text = await answer.text();
		return {status: answer.status, text};
	};
	const now = () => new Date().toISOString().replace('Z', '000Z');
	const merge = (path: string, change: object) => ask('PATCH', path, JSON.stringify(change));

	let seen = '';
	let seenAt = performance.now();
	for (;;) {
		try {
			const answer = await ask('GET', orders.lease);
			if (answer.status === 404) return 'over';
			if (answer.status !== 200) throw new Error(`the Lease: HTTP ${answer.status}`);
			const {metadata, spec = {}} = JSON.parse(answer.text);
			// Whoever lives renews: what counts is a change that is seen here, not the clock of another machine.
			const sign = `${spec.holderIdentity} ${spec.renewTime}`;
			if (sign !== seen) [seen, seenAt] = [sign, performance.now()];
			if (performance.now() - seenAt >= orders.afterMs && (await restored(metadata.resourceVersion))) return 'restored';
		} catch (error) {
			place.say(`no answer: ${error instanceof Error ? error.message : error}`);
		}
		await wait(orders.everyMs);
	}

	/** Takes the Lease, so that nobody else goes on meanwhile. False where somebody was faster. */
	async function restored(resourceVersion: string): Promise<boolean> {
		const holder = {holderIdentity: 'mkcoa-guardian', acquireTime: now(), renewTime: now()};
		const taken = await merge(orders.lease, {metadata: {resourceVersion}, spec: holder});
		if (taken.status !== 200) {
			place.say(`the Lease was not taken: HTTP ${taken.status}`);
			return false;
		}
		place.say('the Lease ran out: the stable version gets its traffic and its pods back');
		for (const {path, type, body} of orders.restores) await insist(path, type, body);
		await merge(orders.record, {data: {guardian: now()}});
		await merge(orders.lease, {spec: {holderIdentity: null, acquireTime: null, renewTime: null}});
		return true;
	}

	/** A server that is busy is asked again; one that refuses is not. */
	async function insist(path: string, type: string, body: string): Promise<void> {
		for (;;) {
			const {status, text} = await ask('PATCH', path, body, type).catch(error => ({status: 0, text: String(error)}));
			place.say(`${path}: ${status === 200 ? 'restored' : `HTTP ${status} ${text.slice(0, 200)}`}`);
			if (status !== 0 && status !== 429 && status < 500) return;
			await wait(orders.everyMs);
		}
	}
}

/** The program of the guardian's container, for `node -e`. */
export const guardianProgram = () => `${guard.toString()}
const {readFileSync} = process.getBuiltinModule('node:fs');
const folder = '/var/run/secrets/kubernetes.io/serviceaccount/';
const {KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port, MKCOA_GUARDIAN: orders, MKCOA_SERVER: server} = process.env;
const address = host && host.includes(':') ? '[' + host + ']' : host;
${guard.name}(JSON.parse(orders), {
	server: server || 'https://' + address + ':' + port,
	token: () => readFileSync((process.env.MKCOA_ACCOUNT || folder) + 'token', 'utf8').trim(),
	say: text => console.log(new Date().toISOString(), text),
}).then(end => console.log(end), error => { console.error(error); process.exitCode = 1; });
`;
