import * as z from 'zod';
import {checkedText} from '../../core/checked-text.ts';
import type {Annotations, Context} from '../../core/tool.ts';
import type {Cluster} from './port.ts';

/** What the tools of this server are given. */
export type OnCluster = Context<{readonly cluster: Cluster}>;

/**
 * Input fields that several tools share. Names follow Kubernetes' path-segment names (RBAC allows `:`): no leading dash, which a
 * program would read as a flag, no slash and no percent sign, which would reach another path of the API.
 */
const name = checkedText(253, /^[A-Za-z0-9][A-Za-z0-9._:@~-]*$/, 'expected a Kubernetes name');

/**
 * The name of an object.
 * @param completes kind whose names the shell offers
 */
export const nameOf = (what: string, completes?: string) => (completes === undefined ? name : name.meta({completes})).describe(what);

export const namespaceField = checkedText(63, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'expected a namespace name')
	.optional()
	.describe("Namespace; the context's if left out")
	.meta({completes: 'namespaces'});

export const allNamespacesField = z.boolean().default(false).describe('Looks into every namespace');

export const kindField = checkedText(253, /^[A-Za-z][A-Za-z0-9.-]*$/, 'expected a kind such as deployments, deploy or rollouts.argoproj.io')
	.describe('Kind, plural or short name')
	.meta({completes: 'kinds'});

/** `web`, or `statefulset/db`. */
export const workloadField = checkedText(317, /^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected NAME or KIND/NAME')
	.describe('NAME of a Deployment, or KIND/NAME')
	.meta({completes: 'workloads'});

const selector = checkedText(1000, /^[ -~]+$/, 'expected a selector such as app=web');
export const labelSelectorField = selector.optional().describe('Label selector, such as app=web');
export const fieldSelectorField = selector.optional().describe('Field selector, such as spec.nodeName=node-1');

/** How many rows an answer holds at most. */
export const limitField = (usual: number, most = 500) => z.number().int().min(1).max(most).default(usual).describe('Rows at most');
export const cursorField = z.string().max(200).optional().describe('Where the last answer stopped');

export const readOnly: Annotations = {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false};
export const changes: Annotations = {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false};
export const destroys: Annotations = {readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false};

/** `mkcoa k8s …`. */
export const command = (verb: string) => ['k8s', verb] as const;
