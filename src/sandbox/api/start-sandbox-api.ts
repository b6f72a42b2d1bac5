import type {AddressInfo} from 'node:net';
import type {Clock} from '../../core/clock.ts';
import {readKubeSchema} from '../../core/diff/kube-schema.ts';
import {kubeSchemaJson} from '../../core/generated/kube-schema.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Hooks, Machine} from '../machine.ts';
import {bootstrap} from './bootstrap.ts';
import {createCatalogue} from './catalogue.ts';
import type {Cluster} from './cluster.ts';
import {customKinds} from './custom/custom-kinds.ts';
import {serveCustomResources} from './custom/custom-resources.ts';
import {defaultHooks} from './default-hooks.ts';
import {columnsOf} from './encode/columns.ts';
import {tableMaker} from './encode/table.ts';
import {serveExec} from './http/exec-socket.ts';
import {createFaults, type Fault} from './http/faults.ts';
import {createRequestLog, type RequestLog} from './http/request-log.ts';
import {createHttpServer} from './http/server.ts';
import {accountTokens} from './identity/account-tokens.ts';
import {defaultTokens, type TokenOwner, type Tokens} from './identity/authenticate.ts';
import {kubeconfigFor, kubectlConfigFor} from './kubeconfig.ts';
import {machineOf} from './machine-of.ts';
import {type Resource, storageName} from './resource.ts';
import {createRouter} from './routing/router.ts';
import {seededIds} from './seeded-ids.ts';
import {collectGarbage} from './storage/garbage.ts';
import {createStore, type Store} from './storage/store.ts';
import {removeObject} from './write/remove.ts';
import {updateObject} from './write/update.ts';

export type SandboxApi = {
	readonly url: string;
	/** YAML text; the first token's context is current. */
	readonly kubeconfig: string;
	/** The same for kubectl, which needs the token in the server's path. */
	readonly kubectlConfig: string;
	readonly machine: Machine;
	/** Names kinds in discovery that the `http` hook answers for. */
	readonly announce: (name: string, resources: readonly Resource[]) => void;
	/** Stores an object of a built-in kind as it is, with uid, times, status and field owners, for worlds that start in the middle. Nothing is checked. */
	readonly plant: (object: KubeObject) => KubeObject;
	readonly requests: RequestLog;
	/** Makes matching requests fail. */
	readonly fault: (fault: Fault) => void;
	/** Forgets the history, so that older watches and continue tokens get 410. */
	readonly compact: () => void;
	/** Ends every stream and connection. */
	readonly stop: () => Promise<void>;
};

export type SandboxApiOptions = {
	readonly clock: Clock;
	/** Port on 127.0.0.1; a free one when left out. */
	readonly listen?: number;
	readonly tokens?: Tokens;
	/** Uids and generated names repeat for the same seed. */
	readonly seed?: string;
};

/**
 * Starts a Kubernetes API server inside this process, on loopback HTTP, with an empty cluster.
 *
 * Not imitated: TLS and client certificates, protobuf (but for the kinds that `kubectl create` writes most) and CBOR, the admission plug-ins (but Priority, Pod Security and those of the `admit` hook), webhooks and CEL policies,
 * conversion between versions of custom resources, aggregated API servers (but through the `http` hook),
 * priority and fairness, attach, port-forward and SPDY, audit,
 * and everything that happens in pods, which the hooks answer for.
 */
export async function startSandboxApi({
	clock,
	listen = 0,
	tokens = defaultTokens,
	seed = 'sandbox',
}: SandboxApiOptions): Promise<SandboxApi> {
	let hooks: Hooks = defaultHooks;
	const store = createStore();
	const cluster: Cluster = {
		clock,
		catalogue: createCatalogue(),
		store,
		...customKinds(store, readKubeSchema(kubeSchemaJson)),
		hooks: () => hooks,
		tokens: accountTokens(store, clock),
		...seededIds(seed),
	};
	const machine = machineOf(cluster, more => {
		hooks = {...hooks, ...more};
	});
	serveCustomResources(cluster);
	const stopCollecting = followOwners(cluster);
	bootstrap(machine);

	const log = createRequestLog();
	const faults = createFaults();
	const stopped = new AbortController();
	const route = createRouter(
		cluster,
		tableMaker(resource => columnsOf(cluster.store, resource), clock.now),
	);
	const ownerOf: TokenOwner = token => (Object.hasOwn(tokens, token) ? tokens[token] : cluster.tokens.ownerOf(token));
	const server = createHttpServer({ownerOf, route, log, faults, stopped: stopped.signal});
	const endExec = serveExec(server, {cluster, ownerOf, log});
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	server.once('error', reject);
	server.listen(listen, '127.0.0.1', resolve);
	await promise;
	// A listening TCP server has an address object, never a pipe's name.
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		kubeconfig: kubeconfigFor(url, tokens),
		kubectlConfig: kubectlConfigFor(url, tokens),
		machine,
		announce: cluster.catalogue.define,
		plant(object) {
			const resource = cluster.catalogue.ofKind(object.apiVersion, object.kind);
			if (resource === undefined) throw new RangeError(`no kind "${object.kind}" is registered`);
			return cluster.store.put(storageName(resource), object);
		},
		requests: log,
		fault: faults.add,
		compact: () => cluster.store.compact(),
		async stop() {
			stopped.abort();
			stopCollecting();
			endExec();
			const closed = Promise.withResolvers<void>();
			server.close(() => closed.resolve());
			server.closeAllConnections();
			await closed.promise;
		},
	};
}

/** Dependents go through the ordinary write path, so that finalizers and pods' grace hold for them too. */
function followOwners(cluster: Cluster & {readonly store: Store}): () => void {
	return collectGarbage(cluster, {
		remove: (resource, {metadata}, propagation) =>
			void removeObject(cluster, resource, {namespace: metadata.namespace, name: metadata.name}, {propagation}),
		update: (resource, object) =>
			void updateObject(cluster, resource, {namespace: object.metadata.namespace, name: object.metadata.name}, object, {
				dryRun: false,
				manager: 'kube-controller-manager',
				subresource: '',
			}),
	});
}
