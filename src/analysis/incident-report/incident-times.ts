/** A moment of an incident, as far as it is known. Times are ISO 8601, UTC. */
export type Known = {
	/** The first sign of trouble that the cluster still knows. */
	readonly firstSignAt?: string | undefined;
	/** When the first plan against it was carried out. */
	readonly actedAt?: string | undefined;
	/** When a look after an act found it gone. */
	readonly recoveredAt?: string | undefined;
};

/** How long it took, as far as that is known; for the rest, why it is not. */
export type IncidentTimes = Known & {
	/** Somebody or something knew of it by then, perhaps long before. */
	readonly toDetectAtMostSeconds?: number | undefined;
	readonly toActSeconds?: number | undefined;
	readonly toRecoverSeconds?: number | undefined;
	readonly notKnown: readonly {readonly what: string; readonly why: string}[];
};

const secondsBetween = (from: string | undefined, to: string | undefined) =>
	from === undefined || to === undefined ? undefined : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));

/** Events are kept for an hour by default, and conditions only tell of the last change. */
const forgotten = 'the cluster no longer knows its first sign: events are kept for an hour only';

/** The three times that reviews of incidents ask for. Nothing is guessed. */
export function incidentTimes(known: Known): IncidentTimes {
	const {firstSignAt, actedAt, recoveredAt} = known;
	const toAct = secondsBetween(firstSignAt, actedAt);
	const toRecover = secondsBetween(firstSignAt, recoveredAt);
	const notActed = 'mkcoa carried nothing out against it; what others did it does not know';
	const notKnown = [
		...(toAct === undefined
			? [
					{what: 'time to detect', why: firstSignAt === undefined ? forgotten : 'nothing tells when somebody first knew of it'},
					{what: 'time to act', why: actedAt === undefined ? notActed : forgotten},
				]
			: []),
		...(toRecover === undefined
			? [
					{
						what: 'time to recover',
						why: recoveredAt !== undefined ? forgotten : actedAt === undefined ? notActed : 'no look has found it gone yet',
					},
				]
			: []),
	];
	return {
		...known,
		...(toAct === undefined ? {} : {toDetectAtMostSeconds: toAct, toActSeconds: toAct}),
		...(toRecover === undefined ? {} : {toRecoverSeconds: toRecover}),
		notKnown,
	};
}
