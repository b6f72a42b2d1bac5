import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {z} from 'zod';
import {request} from '../servers/request.ts';
import {until} from '../servers/until.ts';
import {type Manifests, manifestsPath} from './binaries.ts';
import type {ControlPlane} from './control-plane.ts';

/** Who an add-on is to the server. Its requests are not in the audit log. */
export const addOn = ({url, ca, tokens}: ControlPlane) => ({url, ca, token: tokens['add-on']});

/** The kinds that add-ons bring along; what else their folders hold is for other tools. */
const collections: Readonly<Record<string, string>> = {
	CustomResourceDefinition: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
	ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
};

/** The first lines that are not indented, or by two spaces, say it; parsing megabytes of schemas would take longer than applying them. */
const heading = z.object({kind: z.string(), name: z.string()});
const headingOf = (text: string) =>
	heading.safeParse({kind: /^kind: (\S+)/m.exec(text)?.[1], name: /^metadata:\n(?: {2,}.*\n)*? {2}name: (\S+)/m.exec(text)?.[1]}).data;

/**
 * Applies the manifests that the cache holds for a Go module, and returns when the server serves the kinds that they define.
 * @throws what the server answered
 */
export async function applyManifests(plane: ControlPlane, name: Manifests) {
	const documents = globSync(join(manifestsPath(name), '*.yaml')).flatMap(file => readFileSync(file, 'utf8').split(/^---$/m));
	const objects = documents.flatMap(text => {
		const found = headingOf(text);
		const collection = collections[found?.kind ?? ''];
		return found === undefined || collection === undefined ? [] : [{...found, text, path: `${collection}/${found.name}`}];
	});
	if (objects.length === 0) throw new Error(`no manifests of ${name} are in the cache. Run npm run cluster:build`);
	await Promise.all(objects.map(object => applyOne(plane, object)));
}

async function applyOne(plane: ControlPlane, {kind, path, text}: {readonly kind: string; readonly path: string; readonly text: string}) {
	const headers = {'content-type': 'application/apply-patch+yaml'};
	const answer = await request(addOn(plane), {method: 'PATCH', path: `${path}?fieldManager=add-on&force=true`, headers, body: text});
	if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
	if (kind === 'CustomResourceDefinition') await until(addOn(plane), {path}, ({text}) => isEstablished(text), {signal: plane.signal});
}

const definition = z.object({status: z.object({conditions: z.array(z.object({type: z.string(), status: z.string()})).nullish()})});
const isEstablished = (text: string) =>
	definition.parse(JSON.parse(text)).status.conditions?.some(({type, status}) => type === 'Established' && status === 'True') === true;
