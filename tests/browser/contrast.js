// Returns the texts of a document whose contrast with what is behind them is below a limit (WCAG 2, relative
// luminance). What is behind a text are the backgrounds of its ancestors, with their transparency and opacity.
(least) => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // [red, green, blue, alpha] of a computed colour in any notation.
  const parsed = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };

  const mixed = (below, above, share) => below.map((value, index) => value * (1 - share) + above[index] * share);
  const over = (below, [red, green, blue, alpha]) => mixed(below, [red, green, blue], alpha);

  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  // The elements from the root to this one, each as a layer: its background, and the opacity of all in it.
  const layers = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      found.unshift({
        background: parsed(style.backgroundColor),
        image: style.backgroundImage,
        opacity: Number(style.opacity),
      });
    }
    return found;
  };

  const painted = (stack, below, text) => {
    if (stack.length === 0) return text ? over(below, text) : below;
    const [layer, ...rest] = stack;
    return mixed(below, painted(rest, over(below, layer.background), text), layer.opacity);
  };

  // The colour of the page itself, which follows the scheme of the document.
  const probe = document.createElement("i");
  probe.style.cssText = "all: initial; color: Canvas; display: none";
  document.documentElement.append(probe);
  const canvas = parsed(getComputedStyle(probe).color).slice(0, 3);
  probe.remove();

  const problems = [];
  let seen = 0;
  const judge = (element, colour, text) => {
    seen += 1;
    const stack = layers(element);
    // A picture below an opaque background is not seen.
    const opaque = stack.findLastIndex((layer) => layer.background[3] === 1);
    const image = stack.find((layer, index) => layer.image !== "none" && index >= opaque);
    const found = image ? 0 : ratio(painted(stack, canvas, parsed(colour)), painted(stack, canvas, null));
    if (found < least) {
      const reason = image ? `behind it is ${image.image.slice(0, 60)}` : found.toFixed(2);
      problems.push(`${element.localName} "${text.trim().slice(0, 40)}": ${reason}`);
    }
  };

  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    const isClipped = getComputedStyle(element).clipPath === "inset(50%)";
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0 && !isClipped;
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const range = document.createRange();
    range.selectNode(texts.currentNode);
    if (data.trim() && range.getClientRects().length > 0 && isShown(parentElement)) {
      judge(parentElement, getComputedStyle(parentElement).color, data);
    }
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (!isShown(element)) continue;
    for (const part of ["::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (/^".+"|^attr/.test(style.content)) judge(element, style.color, style.content);
    }
    if (element.placeholder) judge(element, getComputedStyle(element, "::placeholder").color, element.placeholder);
    if (element.matches("input, select") && element.value) {
      judge(element, getComputedStyle(element).color, element.value);
    }
  }
  return { seen, problems };
}
