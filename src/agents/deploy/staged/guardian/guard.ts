/** One patch. Where one that others `need` is refused, those after it are not sent: traffic goes to pods that are there. */
type Restore = {readonly path: string; readonly type: string; readonly body: string; readonly needed: boolean};

/** From position `from` of the record on a copy serves everything; from `until` on, where the workload is rolled, it rests as safely without help. */
type StandIn = {readonly from: number; readonly until: number; readonly workload: string; readonly copy: string};

/** What a guardian is told. JSON: it stands in the environment of its container, and holds no secret. */
export type GuardianOrders = {
	/** Path of the Lease below the API server. */
	readonly lease: string;
	readonly record: string;
	/** Patches that bring the stable version back to all of its pods and traffic, in their order. */
	readonly restores: readonly Restore[];
	/** Left out where the workload serves at every moment. Paths of the two below the API server. */
	readonly standIn?: StandIn | undefined;
	/** A Lease that was not renewed for so long has run out: its own duration and some grace. */
	readonly afterMs: number;
	readonly everyMs: number;
};

/** Where its API server is, and how it signs in. */
type GuardianPlace = {readonly server: string; readonly token: () => string; readonly say: (text: string) => void};

/**
 * Watches the Lease of a rollout, and gives the traffic back to the stable version when nobody renews it any more. Ends when the Lease is gone.
 * What the server refuses stays undone: then the Lease stays taken for its duration, so that nobody reads it as done, and the Job tries all of it anew.
 * It runs in the cluster as text (`guardianProgram`), so it uses nothing from outside of itself but what Node has.
 * @returns `over` when the rollout ended by itself, `restored` when it had to help and nothing was refused
 * @throws Error that names what was refused
 */
async function guard(orders: GuardianOrders, place: GuardianPlace): Promise<'over' | 'restored'> {
	const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));
	const ask = async (method: string, path: string, body?: string, type = 'application/merge-patch+json') => {
		const content = body === undefined ? {} : {body};
		const headers = new Headers({accept: 'application/json', 'content-type': type});
		// Set on its own: written as a field it reads like a token, and a plan that shows this program would hide it.
		headers.set('authorization', `Bearer ${place.token()}`);
		const answer = await fetch(place.server + path, {method, headers, ...content, signal: AbortSignal.timeout(10_000)});
		const text = await answer.text();
		return {status: answer.status, text};
	};
	const now = () => new Date().toISOString().replace('Z', '000Z');
	const merge = (path: string, change: object) => ask('PATCH', path, JSON.stringify(change));

	let version = '';
	let seen = '';
	let seenAt = performance.now();
	for (;;) {
		const resourceVersion = await ranOut().catch(error => {
			place.say(`no answer: ${error instanceof Error ? error.message : error}`);
			return undefined;
		});
		if (resourceVersion === '') return 'over';
		if (resourceVersion !== undefined && (await taken(resourceVersion)) && (await restored())) return 'restored';
		await wait(orders.everyMs);
	}

	/** The version of a Lease that ran out; empty where it is gone, undefined where somebody lives. */
	async function ranOut(): Promise<string | undefined> {
		const answer = await ask('GET', orders.lease);
		if (answer.status === 404) return '';
		if (answer.status !== 200) throw new Error(`the Lease: HTTP ${answer.status}`);
		const {metadata, spec = {}} = JSON.parse(answer.text);
		// Whoever lives renews: what counts is a change that is seen here, not the clock of another machine.
		const sign = `${spec.holderIdentity} ${spec.renewTime}`;
		if (sign !== seen) [seen, seenAt] = [sign, performance.now()];
		return performance.now() - seenAt >= orders.afterMs && (await mayRestore()) ? metadata.resourceVersion : undefined;
	}

	/** Traffic does not leave pods that bear it for too few, or for some that are just replaced. */
	async function mayRestore(): Promise<boolean> {
		if (orders.standIn === undefined) return true;
		const {from, until, workload, copy} = orders.standIn;
		const [record, own, other] = await Promise.all([orders.record, workload, copy].map(read));
		const position = Number(record?.data?.position ?? 0);
		if (position < from) return true;
		const needed = Math.max(own?.spec?.replicas ?? 1, other?.spec?.replicas ?? 0);
		const {observedGeneration = 0, updatedReplicas = 0, readyReplicas = 0} = own?.status ?? {};
		const isWhole = observedGeneration >= (own?.metadata?.generation ?? 0) && updatedReplicas >= needed && readyReplicas >= needed;
		if (position < until && isWhole) return true;
		place.say(
			`the copy serves everything, and goes on: ${position < until ? `the workload has ${readyReplicas} of ${needed} pods ready` : 'the workload is rolled'}`,
		);
		return false;
	}

	/** Undefined for what is gone. */
	async function read(path: string) {
		const {status, text} = await ask('GET', path);
		if (status === 404) return undefined;
		if (status !== 200) throw new Error(`${path}: HTTP ${status}`);
		return JSON.parse(text);
	}

	/** Takes the Lease, so that nobody else goes on meanwhile. False where somebody was faster. */
	async function taken(resourceVersion: string): Promise<boolean> {
		const holder = {holderIdentity: 'mkcoa-guardian', acquireTime: now(), renewTime: now()};
		const answer = await merge(orders.lease, {metadata: {resourceVersion}, spec: holder}).catch(error => ({
			status: 0,
			text: String(error),
		}));
		if (answer.status !== 200) {
			place.say(`the Lease was not taken: ${answer.status === 0 ? answer.text : `HTTP ${answer.status}`}`);
			return false;
		}
		version = JSON.parse(answer.text).metadata.resourceVersion;
		return true;
	}

	/** Renews the Lease before each patch: whoever took it in a silence is not written into. False where somebody did. */
	async function stillHeld(): Promise<boolean> {
		for (;;) {
			const answer = await merge(orders.lease, {metadata: {resourceVersion: version}, spec: {renewTime: now()}}).catch(error => ({
				status: 0,
				text: String(error),
			}));
			if (answer.status === 200) {
				version = JSON.parse(answer.text).metadata.resourceVersion;
				return true;
			}
			if (answer.status === 409 || answer.status === 404) {
				place.say('somebody else went on with the rollout: nothing more is restored');
				return false;
			}
			place.say(`the Lease was not renewed: ${answer.status === 0 ? answer.text : `HTTP ${answer.status}`}`);
			await wait(orders.everyMs);
		}
	}

	/** Frees the Lease only where all was restored. False where somebody else took it meanwhile. */
	async function restored(): Promise<boolean> {
		place.say('the Lease ran out: the stable version gets its pods and its traffic back');
		const refused: string[] = [];
		for (const [index, restore] of orders.restores.entries()) {
			const end = await insist(restore);
			if (end === 'lost') return false;
			if (end === 'restored') continue;
			refused.push(restore.path);
			if (!restore.needed) continue;
			refused.push(...orders.restores.slice(index + 1).map(({path}) => `${path} (not sent without the one before)`));
			break;
		}
		if (refused.length > 0)
			throw new Error(`not restored: ${refused.join(', ')}. The Lease is kept; a person ends it with mkcoa deploy abort`);
		if (!(await stillHeld())) return false;
		await merge(orders.record, {data: {guardian: now()}});
		await merge(orders.lease, {
			metadata: {resourceVersion: version},
			spec: {holderIdentity: null, acquireTime: null, renewTime: null},
		});
		return true;
	}

	/** A server that is busy is asked again, for as long as the Lease is held. */
	async function insist({path, type, body}: Restore): Promise<'restored' | 'refused' | 'lost'> {
		for (;;) {
			if (!(await stillHeld())) return 'lost';
			const {status, text} = await ask('PATCH', path, body, type).catch(error => ({status: 0, text: String(error)}));
			place.say(`${path}: ${status === 200 ? 'restored' : `HTTP ${status} ${text.slice(0, 200)}`}`);
			if (status !== 0 && status !== 429 && status < 500) return status === 200 ? 'restored' : 'refused';
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
}).then(end => console.log(end), error => { console.error(error instanceof Error ? error.message : error); process.exitCode = 1; });
`;
