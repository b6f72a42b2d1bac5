import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';

/** What an object is called, and where it lives; cluster-scoped objects have no namespace. */
export type Place = {readonly name: string; readonly namespace?: string | undefined};

export type Labels = {readonly [key: string]: string};

/** An object with no more in its metadata than was asked for. */
export const objectOf = (apiVersion: string, kind: string, {name, namespace}: Place, body: JsonObject, labels?: Labels): KubeObject => ({
	apiVersion,
	kind,
	metadata: {
		name,
		...(namespace === undefined ? {} : {namespace}),
		...(labels === undefined || Object.keys(labels).length === 0 ? {} : {labels}),
	},
	...body,
});
