console.log('published');
