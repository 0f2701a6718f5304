/* The page works without this: photos open as pictures then, and it reloads itself. */
(function () {
  'use strict';
  var body = document.body, told = function (name) { return body.getAttribute('data-' + name) || ''; };
  var token = told('token');
  var list = document.getElementById('photos'), count = document.getElementById('count');
  var until = document.getElementById('until'), word = document.getElementById('word');
  var all = document.getElementById('all');
  var EVERY = 5000, misses = 0, mark = '', over = false, viewer = null;

  function photos() { return Array.prototype.slice.call(list.querySelectorAll('a.photo')); }
  function idOf(link) { return link.id.slice(1); }
  function address(id, size) { return token + '/p/' + id + '?size=' + size; }
  function find(id) { return document.getElementById('p' + id); }
  function put(parent, tag, kind) {
    var one = document.createElement(tag);
    if (kind) { one.className = kind; }
    parent.appendChild(one);
    return one;
  }
  function say(text) { word.textContent = text; word.hidden = !text; }

  function insist(image) { /* pictures that did not come are asked for again */
    var tries = 0;
    function again() {
      if (++tries > 8 || over) { return; }
      setTimeout(function () {
        image.src = image.src.replace(/&again=\d+$/, '') + '&again=' + tries;
      }, 1500 * tries);
    }
    image.addEventListener('error', again);
    if (image.complete && !image.naturalWidth && image.getAttribute('loading') !== 'lazy') { again(); }
  }

  function tile(photo, number) {
    var link = document.createElement('a'), image = put(put(link, 'span'), 'img');
    link.className = 'photo fresh';
    link.id = 'p' + photo.id;
    link.href = address(photo.id, 'large');
    image.alt = told('photo').replace('{number}', number);
    image.width = photo.width;
    image.height = photo.height;
    image.style.objectPosition = photo.focus;
    image.src = address(photo.id, 'small');
    insist(image);
    return link;
  }

  function show(answer) {
    var wanted = {}, before = photos().length, place = null, fresh = 0;
    answer.photos.forEach(function (photo) { wanted[photo.id] = true; });
    photos().forEach(function (link) {
      if (!wanted[idOf(link)]) { list.removeChild(link); }
    });
    for (var at = answer.photos.length - 1; at >= 0; at--) {
      var photo = answer.photos[at], link = find(photo.id);
      if (!link) { link = tile(photo, at + 1); fresh++; }
      if (link.nextElementSibling !== place || link.parentNode !== list) {
        list.insertBefore(link, place);
      }
      place = link;
    }
    list.className = 'photos ' + (answer.photos.length === 1 ? 'one' : 'many');
    count.textContent = answer.count;
    count.className = fresh && before ? 'more' : '';
    until.textContent = answer.until;
    all.hidden = !answer.photos.length;
    all.firstChild.href = token + '/' + answer.saving;
    all.firstChild.textContent = answer.save;
    if (viewer) { viewer.changed(); }
  }

  function ask() {
    if (over) { return; }
    if (document.hidden) { setTimeout(ask, EVERY); return; }
    var request = new XMLHttpRequest();
    request.open('GET', token + '/photos.json');
    request.timeout = 20000;
    if (mark) { request.setRequestHeader('If-None-Match', mark); }
    request.onloadend = function () {
      var answer = null;
      if (request.status === 200) {
        try { answer = JSON.parse(request.responseText); } catch (ignored) { answer = null; }
      }
      if (answer || request.status === 304) {
        misses = 0;
        say('');
        if (answer) {
          mark = request.getResponseHeader('ETag') || '';
          show(answer);
        }
      } else if (request.status === 404) {
        over = true;
        all.hidden = true;
        say(told('over'));
        return;
      } else if (++misses > 1) {
        say(told('offline'));
      }
      setTimeout(ask, EVERY);
    };
    request.send();
  }

  function open(id) {
    var now = id, box = put(body, 'div', 'viewer'), start = null, came = document.activeElement;
    var frame = put(box, 'div', 'frame'), image = put(frame, 'img');
    var place = put(box, 'div', 'place'), save = put(box, 'a', 'button save');
    function round(kind, sign, name, act) {
      var one = put(box, 'button', 'round ' + kind);
      one.type = 'button';
      one.textContent = sign;
      one.setAttribute('aria-label', told(name));
      one.addEventListener('click', act);
      return one;
    }
    var close = round('close', '\u2715', 'close', function () { history.back(); });
    var back = round('back', '\u2039', 'back', function () { go(-1); });
    var forward = round('forward', '\u203a', 'forward', function () { go(1); });
    if (/iP(hone|ad|od)/.test(navigator.userAgent)) { put(box, 'p', 'hold').textContent = told('hold'); }
    save.textContent = told('save');
    save.setAttribute('download', '');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    insist(image);

    function ids() { return photos().map(idOf); }
    function draw() {
      var there = ids(), at = there.indexOf(now);
      if (at < 0) { if (!there.length) { leave(); return; } at = 0; now = there[0]; }
      var small = find(now).querySelector('img'), large = new Image(), mine = now;
      frame.className = 'frame wait';
      image.style.transform = '';
      image.alt = small.alt;
      image.src = small.currentSrc || small.src;
      large.onload = function () {
        if (mine === now) { image.src = large.src; frame.className = 'frame'; }
        [at + 1, at - 1].forEach(function (next) {
          if (there[next]) { new Image().src = address(there[next], 'large'); }
        });
      };
      insist(large);
      large.src = address(now, 'large');
      place.textContent = (at + 1) + ' / ' + there.length;
      save.href = address(now, 'full');
      back.disabled = at === 0;
      forward.disabled = at === there.length - 1;
    }
    function go(by) {
      var there = ids(), next = there[there.indexOf(now) + by];
      if (next) { now = next; draw(); } else { image.style.transform = ''; }
    }
    function leave() {
      document.removeEventListener('keydown', key);
      window.removeEventListener('popstate', leave);
      if (box.parentNode) { body.removeChild(box); }
      body.classList.remove('viewing');
      viewer = null;
      if (came && came.focus) { came.focus(); }
    }
    function key(event) {
      if (event.key === 'Escape') { history.back(); }
      if (event.key === 'ArrowLeft') { go(-1); }
      if (event.key === 'ArrowRight') { go(1); }
    }
    frame.addEventListener('touchstart', function (event) {
      start = event.touches.length === 1 ? event.touches[0] : null;
    });
    frame.addEventListener('touchmove', function (event) {
      if (event.touches.length > 1) { start = null; image.style.transform = ''; }
      if (start) {
        image.style.transform = 'translateX(' + (event.touches[0].clientX - start.clientX) + 'px)';
      }
    });
    frame.addEventListener('touchend', function (event) {
      var end = event.changedTouches[0], from = start;
      start = null;
      if (!from) { return; }
      var x = end.clientX - from.clientX, y = end.clientY - from.clientY;
      if (Math.abs(x) > 45 && Math.abs(x) > Math.abs(y)) { go(x < 0 ? 1 : -1); }
      else { image.style.transform = ''; }
    });
    document.addEventListener('keydown', key);
    window.addEventListener('popstate', leave);
    history.pushState({ photo: id }, '');
    body.classList.add('viewing');
    draw();
    close.focus();
    return { changed: function () {
      var there = ids(), at = there.indexOf(now);
      if (at < 0) { draw(); return; }
      place.textContent = (at + 1) + ' / ' + there.length;
      back.disabled = at === 0;
      forward.disabled = at === there.length - 1;
    } };
  }

  list.addEventListener('click', function (event) {
    var link = event.target;
    while (link && link !== list && link.tagName !== 'A') { link = link.parentNode; }
    if (!link || link === list || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    link.classList.remove('fresh');
    viewer = open(idOf(link));
  });
  photos().forEach(function (link) { insist(link.querySelector('img')); });
  setTimeout(ask, EVERY);
}());
