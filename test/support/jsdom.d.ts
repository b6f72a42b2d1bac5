/** What the tests use of it: its own types would bring those of a browser into all others. */
declare module 'jsdom' {
	type Listener = (event: {readonly data: unknown}) => void;
	export type PageElement = {
		hidden: boolean;
		disabled: boolean;
		value: string;
		readonly textContent: string;
		readonly innerHTML: string;
		readonly className: string;
		readonly attributes: ArrayLike<{readonly name: string}>;
		readonly getAttribute: (name: string) => string | null;
		readonly querySelector: (selector: string) => PageElement | null;
		readonly children: ArrayLike<PageElement>;
		readonly dataset: {readonly [name: string]: string | undefined};
		readonly click: () => void;
		readonly dispatchEvent: (event: object) => void;
		readonly querySelectorAll: (selector: string) => ArrayLike<PageElement>;
	};
	export type PageWindow = {
		readonly document: {
			readonly activeElement: PageElement | null;
			readonly documentElement: PageElement;
			readonly body: PageElement;
			readonly querySelector: (selector: string) => PageElement | null;
			readonly getElementById: (id: string) => PageElement | null;
			readonly querySelectorAll: (selector: string) => ArrayLike<PageElement>;
			readonly dispatchEvent: (event: object) => void;
		};
		readonly Event: new (name: string, init?: object) => object;
		readonly KeyboardEvent: new (name: string, init?: object) => object;
		readonly MessageEvent: new (name: string, init: object) => object;
		readonly dispatchEvent: (event: object) => void;
		readonly close: () => void;
		parent: unknown;
	};
	export class JSDOM {
		constructor(html: string, options?: {readonly runScripts: 'dangerously'; readonly beforeParse: (window: PageWindow) => void});
		readonly window: PageWindow;
	}
}
