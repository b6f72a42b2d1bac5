import type {Line} from '../../core/text/styled.ts';
import type {KeyPress} from '../key-press.ts';
import type {Size} from '../review-layout.ts';

/** What a screen is drawn from, besides its own place: the data, the terminal, milliseconds since 1970. */
export type Seen<Data> = {readonly data: Data; readonly size: Size; readonly now: number};

/** The place after a key, and what the person asked for. */
type Pressed<Place, Act> = {readonly place: Place; readonly act?: Act | undefined};

/** A screen over data of others: pure functions of the data and of where the person is in it. */
export type View<Data, Place, Act> = {
	readonly first: Place;
	readonly press: (place: Place, press: KeyPress, seen: Seen<Data>) => Pressed<Place, Act>;
	/** Never wider than the terminal, and lower than it. */
	readonly lines: (place: Place, seen: Seen<Data>) => readonly Line[];
};

/** Leaves any screen. */
export type Leave = {readonly kind: 'leave'};

export const leave: Leave = {kind: 'leave'};
