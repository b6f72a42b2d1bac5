import {refKey} from '../../../core/kube/kube-object.ts';
import {type Grant, grantsFor, type Holder, holderText} from '../grants.ts';
import {masters} from '../who-may.ts';
import {accountOfHolder, type Estate} from './estate.ts';
import {asking, type Climber, type Power, type PowerOf, type Right} from './power.ts';
import {powersOverAccounts} from './powers/of-accounts.ts';
import {powersOverIdentities} from './powers/of-identities.ts';
import {isAdmin, powersByRoles} from './powers/of-roles.ts';
import {powersOverTheCluster} from './powers/of-the-cluster.ts';
import {accountSet, accountsOf, admin, groupSet, groups, podSet, runningIn, secretSet, tokensIn, userSet, users} from './sets.ts';

/** One step: who does what to become whom, and the grants that allow it. */
type Step = {
	readonly from: string;
	readonly to: string;
	readonly how: string;
	/** None where somebody is there already, or everything in a namespace follows from the step before. */
	readonly by: readonly Grant[];
	readonly assumes?: string | undefined;
};

/** How somebody becomes cluster-admin. One that has it already takes the single step of its own binding. */
export type Path = {
	readonly holder: Holder;
	readonly steps: readonly Step[] /** Whether it is cluster-admin without doing anything. */;
	readonly isThere: boolean;
};

const everywhere: readonly PowerOf[] = [...powersByRoles, ...powersOverIdentities, ...powersOverTheCluster, ...powersOverAccounts];
/** What only a right on the whole cluster gives is no power in one namespace. */
const inOnePlace: readonly PowerOf[] = [...powersByRoles, ...powersOverTheCluster, ...powersOverAccounts];

type Move = {readonly power: Power; readonly target: Climber; readonly isThere: boolean};

/**
 * The shortest way of each holder to cluster-admin, nearest first; of ways of one length one that assumes nothing. Goes back from cluster-admin to whoever
 * may become somebody that is there: each set of climbers is looked at once, so that it grows with the bindings and not with their pairs.
 */
export function pathsToAdmin(estate: Estate): readonly Path[] {
	const holders = holdersOf(estate);
	const climbers = new Map(holders.map(climber => [climber.key, climber]));
	const powers = new Map<string, {readonly climber: Climber; readonly power: Power}[]>();
	const waiting = [...holders];
	for (let climber = waiting.pop(); climber !== undefined; climber = waiting.pop()) {
		for (const power of powersOf(climber, estate)) {
			powers.set(power.to, [...(powers.get(power.to) ?? []), {climber, power}]);
			if (power.makes !== undefined && !climbers.has(power.makes.key)) {
				climbers.set(power.makes.key, power.makes);
				waiting.push(power.makes);
			}
		}
	}
	const moves = backFromAdmin([...climbers.values()], setsOf(estate), powers);
	const stepsOf = stepsBy(moves);
	return holders
		.flatMap(climber => (climber.holder !== undefined && moves.has(climber.key) ? [{climber, holder: climber.holder}] : []))
		.map(({climber, holder}) => ({holder, ...stepsOf(climber)}))
		.toSorted((a, b) => Number(b.isThere) - Number(a.isThere) || a.steps.length - b.steps.length);
}

/** Cluster-admin itself, where every way ends. */
const top: Climber = {key: admin, text: admin, grants: []};

/** For each climber that can get there, its first move. */
function backFromAdmin(
	climbers: readonly Climber[],
	setsOfClimber: (climber: Climber) => readonly string[],
	powers: ReadonlyMap<string, readonly {readonly climber: Climber; readonly power: Power}[]>,
): ReadonlyMap<string, Move> {
	const moves = new Map<string, Move>();
	const seen = new Set<string>();
	const direct = climbers.flatMap(climber => {
		const power = beingThere(climber);
		return power === undefined ? [] : [{climber, power}];
	});
	for (const {climber, power} of direct) moves.set(climber.key, {power, target: top, isThere: true});
	let frontier: readonly Climber[] = [top, ...direct.map(({climber}) => climber)];
	while (frontier.length > 0) {
		const found = frontier.flatMap(target =>
			setsOfClimber(target).flatMap(set => {
				if (seen.has(set)) return [];
				seen.add(set);
				return (powers.get(set) ?? []).filter(({climber}) => !moves.has(climber.key)).map(each => ({...each, target}));
			}),
		);
		const next = new Map<string, Climber>();
		for (const {climber, power, target} of found.toSorted(
			(a, b) => Number(a.power.assumes !== undefined) - Number(b.power.assumes !== undefined),
		)) {
			if (moves.has(climber.key)) continue;
			moves.set(climber.key, {power, target, isThere: false});
			next.set(climber.key, climber);
		}
		frontier = [...next.values()];
	}
	return moves;
}

/** Who is as good as cluster-admin needs no move. */
function beingThere({holder, grants}: Climber): Power | undefined {
	if (holder?.kind === 'Group' && holder.name === masters) return {to: admin, how: 'passes every authorizer', by: []};
	const grant = isAdmin(grants);
	return grant === undefined ? undefined : {to: admin, how: 'may do everything everywhere', by: [{grant, names: []}]};
}

const keyOf = (holder: Holder) => {
	const account = accountOfHolder(holder);
	return account === undefined ? `${holder.kind} ${holder.name}` : accountSet(account.namespace, account.name);
};

/** Everybody whom a binding names, and every account that is there. */
function holdersOf({grants, accounts}: Estate): readonly Climber[] {
	const all: readonly Holder[] = [
		...grants.map(({holder}): Holder => {
			const account = accountOfHolder(holder);
			return account === undefined ? holder : {kind: 'ServiceAccount', ...account};
		}),
		...accounts.map((each): Holder => ({kind: 'ServiceAccount', ...each})),
	];
	const unique = [...new Map(all.map(holder => [keyOf(holder), holder])).values()];
	return unique.map(holder => ({key: keyOf(holder), text: holderText(holder), grants: grantsFor(holder, grants), holder}));
}

/** In which sets somebody is. An account that is not there can neither run nor sign in. */
function setsOf({accounts, pods, tokens}: Estate): (climber: Climber) => readonly string[] {
	const present = new Set(accounts.map(({namespace, name}) => accountSet(namespace, name)));
	const byAccount = <Row extends {readonly namespace: string; readonly account: string}>(rows: readonly Row[]) =>
		Map.groupBy(rows, ({namespace, account}) => accountSet(namespace, account));
	const [running, kept] = [byAccount(pods), byAccount(tokens)];
	return ({key, holder}) => {
		if (holder?.kind === 'User') return [users, userSet(holder.name)];
		if (holder?.kind === 'Group') return [groups, groupSet(holder.name)];
		if (holder === undefined) return [key];
		if (!present.has(key)) return [];
		const of = (
			rows: readonly {readonly namespace: string; readonly name: string}[] | undefined,
			all: (place: string | undefined) => string,
			one: typeof podSet,
		) => (rows === undefined ? [] : [all(undefined), all(holder.namespace), ...rows.map(({namespace, name}) => one(namespace, name))]);
		return [
			accountsOf(undefined),
			accountsOf(holder.namespace),
			key,
			...of(running.get(key), runningIn, podSet),
			...of(kept.get(key), tokensIn, secretSet),
		];
	};
}

function powersOf(climber: Climber, estate: Estate): readonly Power[] {
	const places = [...new Set(climber.grants.flatMap(({namespace}) => namespace ?? []))];
	const wide = everywhere.flatMap(powerOf => powerOf(asking(estate, climber, undefined)));
	// What rests on rights everywhere alone was found above.
	const local = places.flatMap(place =>
		inOnePlace
			.flatMap(powerOf => powerOf(asking(estate, climber, place)))
			.filter(({by}) => by.some(({grant}) => grant.namespace !== undefined) || by.length === 0),
	);
	return [...wide, ...local];
}

const grantKey = ({binding, role}: Grant) => `${refKey(binding)} ${refKey(role)}`;

/** Rights that a climber only made for itself are no grants of the cluster. */
const grantsIn = (rights: readonly Right[]): readonly Grant[] => [
	...new Map(rights.filter(({grant}) => grant.binding !== grant.role).map(({grant}) => [grantKey(grant), grant])).values(),
];

const stepOf = ({text: from}: Climber, {power: {how, by, assumes}, target: {text: to}}: Move): Step => ({
	...{from, to, how, by: grantsIn(by)},
	...(assumes === undefined ? {} : {assumes}),
});

/** Whoever goes the same way on shares its steps. */
function stepsBy(moves: ReadonlyMap<string, Move>): (first: Climber) => Pick<Path, 'steps' | 'isThere'> {
	const told = new Map<string, Step>();
	const step = (climber: Climber, move: Move): Step => {
		const made = told.get(climber.key) ?? stepOf(climber, move);
		told.set(climber.key, made);
		return made;
	};
	return first => {
		const steps: Step[] = [];
		let here = first;
		for (let move = moves.get(here.key); move !== undefined; move = moves.get(here.key)) {
			// That somebody is as good as cluster-admin is no step, but where the way begins with them.
			if (steps.length === 0 || !move.isThere) steps.push(step(here, move));
			here = move.target;
		}
		return {steps, isThere: moves.get(first.key)?.isThere === true};
	};
}
