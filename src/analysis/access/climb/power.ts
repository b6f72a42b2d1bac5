import type {Json} from '../../../core/json.ts';
import type {Grant, Holder} from '../grants.ts';
import {allowingGrants} from '../who-may.ts';
import type {Estate} from './estate.ts';

/** A grant that a step rests on. */
export type Right = {
	readonly grant: Grant /** The only objects for which it holds; empty: all of them. */;
	readonly names: readonly string[];
};

/** Somebody, or something as good as somebody: all rights in a namespace, a role that one may give to oneself. */
export type Climber = {
	readonly key: string;
	/** `User ada`, `every right in namespace shop`. */
	readonly text: string;
	readonly grants: readonly Grant[];
	readonly holder?: Holder | undefined;
};

/** One way on. `to` names the set of climbers of whom it gives any one: see `sets.ts`. */
export type Power = {
	readonly to: string;
	/** What is done, after the name of whoever does it. */
	readonly how: string;
	readonly by: readonly Right[];
	/** What it takes beside the rights, where that cannot be seen. */
	readonly assumes?: string | undefined;
	/** A climber that is there only because this power makes it. */
	readonly makes?: Climber | undefined;
};

/** What one climber asks of its rights in one place, a namespace or (undefined) everywhere at once. */
export type Ask = {
	readonly estate: Estate;
	readonly climber: Climber;
	readonly place: string | undefined;
	/**
	 * The right to do one of some verbs: one that holds for all objects first.
	 * @param wide asks for all namespaces whatever the place is
	 */
	readonly may: (verbs: string, group: string, resource: string, wide?: boolean) => Right | undefined;
};

export type PowerOf = (ask: Ask) => readonly Power[];

/** @param verbs several with spaces between: any of them will do */
export function asking(estate: Estate, climber: Climber, place: string | undefined): Ask {
	return {
		estate,
		climber,
		place,
		may(verbs, group, resource, wide = false) {
			const found = verbs.split(' ').flatMap(verb => allowingGrants({verb, group, resource}, wide ? undefined : place, climber.grants));
			const [first] = found;
			const whole = found.find(({names}) => names.length === 0);
			if (whole !== undefined || first === undefined) return whole;
			return {grant: first.grant, names: [...new Set(found.filter(({grant}) => grant === first.grant).flatMap(({names}) => names))]};
		},
	};
}

/** A right that holds for objects that have no name yet. */
export const whole = (right: Right | undefined): Right | undefined => (right?.names.length === 0 ? right : undefined);

/** `in namespace shop`, `in any namespace` */
export const inPlace = (place: string | undefined) => (place === undefined ? 'in any namespace' : `in namespace ${place}`);

export const everything: readonly Json[] = [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}];
