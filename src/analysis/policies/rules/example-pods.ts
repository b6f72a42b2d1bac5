import type {JsonObject} from '../../../core/json.ts';
import type {PodExample} from '../pod-rule.ts';

const digest = '0'.repeat(64);

/** A container that asks for nothing that any rule refuses. */
const app: JsonObject = {
	name: 'app',
	image: `registry.example/shop/app:1.4.2@sha256:${digest}`,
	resources: {requests: {cpu: '100m', memory: '64Mi'}, limits: {memory: '64Mi'}},
	securityContext: {
		allowPrivilegeEscalation: false,
		readOnlyRootFilesystem: true,
		capabilities: {drop: ['ALL']},
	},
};

const hardened: JsonObject = {
	serviceAccountName: 'app',
	automountServiceAccountToken: false,
	securityContext: {runAsNonRoot: true, seccompProfile: {type: 'RuntimeDefault'}},
	containers: [app],
};

/** A pod that passes every rule, with other fields in its spec. */
export const pod = (change: JsonObject = {}, annotations?: JsonObject): PodExample => ({
	spec: {...hardened, ...change},
	...(annotations === undefined ? {} : {annotations}),
});

/** The same with other fields in its container. */
export const podWith = (change: JsonObject): PodExample => pod({containers: [{...app, ...change}]});

/** The same with other fields in the security context of its container. */
export const podOf = (context: JsonObject): PodExample => podWith({securityContext: {...(app.securityContext as JsonObject), ...context}});

/** The same with a second container that runs before it. */
export const podAfter = (context: JsonObject): PodExample =>
	pod({initContainers: [{...app, name: 'prepare', securityContext: {...(app.securityContext as JsonObject), ...context}}]});

/** The same without some fields of its spec. */
export const podWithout = (...fields: readonly string[]): PodExample => ({
	spec: Object.fromEntries(Object.entries(hardened).filter(([field]) => !fields.includes(field))),
});

/** The same whose container says nothing of some fields of its security context. */
export const podSilentOn = (...fields: readonly string[]): PodExample =>
	podWith({
		securityContext: Object.fromEntries(Object.entries(app.securityContext as JsonObject).filter(([field]) => !fields.includes(field))),
	});
