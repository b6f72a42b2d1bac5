import type {World} from '../life/world.ts';
import {gatewaySeries} from './gateway-series.ts';
import type {Ledger} from './ledger.ts';
import {podSeries} from './pod-series.ts';
import type {SeriesSource} from './series.ts';
import {stateSeries} from './state-series.ts';

/** Everything that can be measured of a cluster. `World` needs to list the kinds of `state-series.ts` only. */
export const measurements =
	(ledger: Ledger, world: Pick<World, 'list'>): SeriesSource =>
	isAsked => [...podSeries(ledger, isAsked), ...gatewaySeries(ledger, isAsked), ...stateSeries(world, isAsked)];
