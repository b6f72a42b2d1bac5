import {type Answer, type Endpoint, type Question, request} from '../servers/request.ts';
import type {Asker, Server} from '../servers/server.ts';
import {until} from '../servers/until.ts';
import type {Reply} from './reply.ts';
import {openWatch, type Watch, type WatchOptions} from './watch.ts';

/** A question, and who asks it: admin when left out. */
export type Asked = Question & {readonly as?: Asker};
/** One case's own namespace on the server under test, and the ways to ask about it. */
export type Room = {
	readonly namespace: string;
	readonly ask: (asked: Asked) => Promise<Reply>;
	/** Asks again until the answer is right. Throws what was answered last when the server's `patienceMs` are over. */
	readonly eventually: (asked: Asked, isRight: (reply: Reply) => boolean) => Promise<Reply>;
	/** An open watch of a path that holds `watch=true`. It ends with the case, at the latest. */
	readonly watch: (path: string, options?: WatchOptions) => Promise<Watch>;
	/** Path of a resource in this namespace by its plural: `path('pods')`, `path('deployments', 'web', 'scale')`. */
	readonly path: (plural: keyof typeof groups, ...rest: readonly string[]) => string;
	/** Forgets the versions of the past, as a server does after some minutes. */
	readonly forget: () => Promise<void>;
};

/** Cases about one subject. Each opens a room of its own, so that all of them can run at once. */
export type Chapter = (open: () => Promise<Room>) => void;

const groups = {
	pods: '/api/v1',
	configmaps: '/api/v1',
	secrets: '/api/v1',
	services: '/api/v1',
	serviceaccounts: '/api/v1',
	resourcequotas: '/api/v1',
	limitranges: '/api/v1',
	events: '/api/v1',
	replicationcontrollers: '/api/v1',
	persistentvolumeclaims: '/api/v1',
	deployments: '/apis/apps/v1',
	replicasets: '/apis/apps/v1',
	statefulsets: '/apis/apps/v1',
	daemonsets: '/apis/apps/v1',
	controllerrevisions: '/apis/apps/v1',
	jobs: '/apis/batch/v1',
	cronjobs: '/apis/batch/v1',
	ingresses: '/apis/networking.k8s.io/v1',
	networkpolicies: '/apis/networking.k8s.io/v1',
	endpointslices: '/apis/discovery.k8s.io/v1',
	poddisruptionbudgets: '/apis/policy/v1',
	horizontalpodautoscalers: '/apis/autoscaling/v2',
	leases: '/apis/coordination.k8s.io/v1',
	roles: '/apis/rbac.authorization.k8s.io/v1',
	rolebindings: '/apis/rbac.authorization.k8s.io/v1',
} as const;

const parse = ({status, headers, text}: Answer): Reply => {
	try {
		const body: unknown = JSON.parse(text);
		return {status, headers, body};
	} catch {
		return {status, headers, body: text};
	}
};

/** Makes the namespace and waits for the account that its pods run as. */
export async function openRoom(server: Server, namespace: string, closing: AbortSignal): Promise<Room> {
	const endpoint = ({as = 'admin'}: Asked): Endpoint => server.as(as);
	const patience = {limitMs: server.patienceMs, signal: closing};
	const ask = async (asked: Asked) => parse(await request(endpoint(asked), asked));
	const room: Room = {
		namespace,
		ask,
		eventually: async (asked, isRight) => parse(await until(endpoint(asked), asked, answer => isRight(parse(answer)), patience)),
		watch: (path, options = {}) => openWatch(server.as('admin'), path, {signal: closing, ...options}),
		path: (plural, ...rest) => [groups[plural], 'namespaces', namespace, plural, ...rest].join('/'),
		forget: server.forget,
	};
	await ask({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}});
	await room.eventually({path: room.path('serviceaccounts', 'default')}, ({status}) => status === 200);
	return room;
}
