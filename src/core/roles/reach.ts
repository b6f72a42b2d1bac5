import type {PlanAbout} from '../plan-about.ts';
import type {Effect} from '../tool.ts';
import type {Role} from './roles.ts';

/** Where objects may be touched. */
export type Room = {
	/** Names and patterns, in order and each once. */
	readonly namespaces: readonly string[];
	/** Objects that are in no namespace, too. */
	readonly clusterScoped: boolean;
};

/** What the calls of one tool may touch in the cluster. */
export type Reach = {
	readonly read: Room;
	/** Undefined where nothing may be changed. */
	readonly write: Room | undefined;
	/** Whether Prometheus may be asked. */
	readonly metrics: boolean;
};

/** What a call is about: its effect, and the toolset of its tool. */
type About = {readonly effect: Effect; readonly toolset?: string | undefined};

const covers =
	({effect, toolset}: About) =>
	({toolsets, verbs}: Role): boolean =>
		verbs.includes(effect) && (toolset === undefined || toolsets === undefined || toolsets.includes(toolset));

/** Whether some role is for such calls. What belongs to no toolset, and only tells of the other tools, everybody may use who has a role. */
export const rolesCover = (roles: readonly Role[], about: About): boolean =>
	about.toolset === undefined && about.effect === 'read' ? roles.length > 0 : roles.some(covers(about));

/** Where such calls may go. Whoever may change something may read what is around it, and what his other roles let him read. */
export function reachOf(roles: readonly Role[], about: About): Reach {
	const forEffect = roles.filter(covers(about));
	const forReading = roles.filter(covers({...about, effect: 'read'}));
	const all = [...new Set([...forEffect, ...forReading])];
	return {
		read: roomOf(all),
		write: about.effect === 'read' ? undefined : roomOf(forEffect),
		metrics: all.some(({metrics}) => metrics),
	};
}

const roomOf = (roles: readonly Role[]): Room => ({
	namespaces: [...new Set(roles.flatMap(({namespaces}) => namespaces))].sort(),
	clusterScoped: roles.some(({clusterScoped}) => clusterScoped),
});

/** A name as Kubernetes takes it. Whatever else is asked for is in no namespace that there could be. */
const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const isPattern = (namespace: string): boolean => /[*?]/.test(namespace);

/** Whether objects of a namespace, or those in none if undefined, belong to the room. */
export function isInside({namespaces, clusterScoped}: Room, namespace: string | undefined): boolean {
	if (namespace === undefined) return clusterScoped;
	return namespaceName.test(namespace) && namespaces.some(pattern => fits(pattern, namespace));
}

/** Whether the room has every namespace that there is. */
export const isEverywhere = ({namespaces}: Room): boolean => namespaces.some(pattern => /^\*+$/.test(pattern));

function fits(pattern: string, namespace: string): boolean {
	const source = pattern.replaceAll(/\*+/g, '.*').replaceAll('?', '.');
	return new RegExp(`^${source}$`).test(namespace);
}

/** The room in words: `namespaces shop, shop-* and objects in none`. */
export function roomText({namespaces, clusterScoped}: Room): string {
	const inside = namespaces.length === 0 ? 'no namespace' : `namespaces ${namespaces.join(', ')}`;
	return clusterScoped ? `${inside} and objects that are in none` : inside;
}

/** Whether a plan, with all that it tells of, touches nothing outside of a room. */
export const isPlanInside = (room: Room, {namespaces}: Pick<PlanAbout, 'namespaces'>): boolean =>
	namespaces.every(namespace => isInside(room, namespace ?? undefined));
