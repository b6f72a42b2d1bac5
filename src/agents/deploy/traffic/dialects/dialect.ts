import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Backend, Split} from './split-weights.ts';

/** A request header that decides by its value; for a cookie, one entry of the header `Cookie`. */
export type HeaderMatch = {readonly kind: 'header' | 'cookie'; readonly name: string; readonly value: string};

/** How a kind of route writes its rules: a list of rules in its spec, each with matches and a list of targets that share the requests. */
export type Dialect = {
	readonly rules: 'rules' | 'http';
	readonly matches: 'matches' | 'match';
	readonly targets: 'backendRefs' | 'route';
	/** A field of the spec that says whose requests these are, and stays as it is. */
	readonly anchor: 'parentRefs' | 'hosts';
	/** `namespace/name` of the Service that a target means; undefined for other things. */
	readonly serviceOf: (target: JsonObject, route: KubeObject) => string | undefined;
	/** The shares of a rule's targets, by what the kind takes for one that is left out. */
	readonly weightsOf: (targets: readonly JsonObject[]) => readonly number[];
	readonly split: (backends: readonly Backend[], percent: number) => readonly Split[];
	/** The same target with another Service of its namespace. */
	readonly twin: (target: JsonObject, service: string) => JsonObject;
	/** A match that also asks for the header; undefined where it decides by that header already. */
	readonly withHeader: (match: JsonObject, header: HeaderMatch) => JsonObject | undefined;
	/** A rule that also sends copies of its requests to a target; undefined where it has no room for them. */
	readonly withMirror: (rule: JsonObject, target: JsonObject, percent: number) => JsonObject | undefined;
	/** Most rules of a route and most targets of a rule. */
	readonly limits: {readonly rules: number; readonly targets: number};
};

/** A cookie among others in the header, by a regular expression of both RE2 and PCRE. Its text is taken literally. */
export const cookiePattern = ({name, value}: HeaderMatch) => `^(.*;\\s*)?${literal(name)}=${literal(value)}(\\s*;.*)?$`;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
