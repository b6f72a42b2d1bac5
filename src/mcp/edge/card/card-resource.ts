import type {EdgeResources} from '../edge-registry.ts';
import {cardHtml} from './generated/card-html.ts';
import {pageType} from './ui-extension.ts';

/** Where the page of a plan's card is. */
export const cardAddress = 'ui://mkcoa/plan-card.html';

/** Nothing is loaded and nobody is called: a page that shows what others wrote must have no way to send it on. */
const ui = {csp: {connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: []}, permissions: {}, prefersBorder: true};

/** The page that shows a plan, for clients that show pages. */
export const cardResource: EdgeResources = {
	list: async ({canShow}) =>
		canShow
			? [
					{
						uri: cardAddress,
						name: 'plan-card',
						title: 'Card of a plan',
						description: 'Shows a plan that waits, and takes the answer of a person where policy lets it',
						mimeType: pageType,
						_meta: {ui},
					},
				]
			: [],
	templates: [],
	read: async (uri, {canShow}) =>
		canShow && uri === cardAddress ? {contents: [{uri, mimeType: pageType, text: cardHtml, _meta: {ui}}]} : undefined,
};
