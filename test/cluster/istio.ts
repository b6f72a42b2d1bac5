import type {ControlPlane} from './control-plane.ts';
import {applyManifests} from './manifests.ts';

/** Adds the kinds of Istio, VirtualService among them. Nothing carries the traffic of their routes. */
export const addIstio = (plane: ControlPlane) => applyManifests(plane, 'istio');
